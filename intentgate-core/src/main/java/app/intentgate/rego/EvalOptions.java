package app.intentgate.rego;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.rego.eval.EvalSettings;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.trace.EvalObserver;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How to run one evaluation, or many. Immutable and, as far as what was given to it is, safe for
 * use by several threads.
 */
public final class EvalOptions {
  private static final EvalOptions DEFAULTS = builder().build();

  /** As far from 1970 as nanoseconds in 64 bits reach. */
  private static final long MAX_CLOCK_SECONDS = Long.MAX_VALUE / 1_000_000_000 - 1;

  private final EvalSettings settings;

  private EvalOptions(EvalSettings settings) {
    this.settings = settings;
  }

  /** Default limits, lenient built-in errors, the system's clock and random numbers. */
  public static EvalOptions ofDefaults() {
    return DEFAULTS;
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.limits = settings.limits();
    b.strictBuiltinErrors = settings.strict();
    b.clock = settings.clock();
    b.random = settings.random();
    b.environment = settings.environment();
    b.cancelFlag = settings.cancelFlag();
    b.printer = settings.printer();
    b.inputReads = settings.reads();
    b.observer = settings.observer();
    return b;
  }

  /** What the evaluation may use. */
  public EvalLimits limits() {
    return settings.limits();
  }

  /** Whether a failing built-in ends the evaluation instead of being undefined. */
  public boolean strictBuiltinErrors() {
    return settings.strict();
  }

  /** Nanoseconds since 1970, asked at most once per evaluation; null for the system's clock. */
  public @Nullable LongSupplier clock() {
    return settings.clock();
  }

  /** The source of chance; null for one made per evaluation. */
  public @Nullable RandomGenerator random() {
    return settings.random();
  }

  /** What {@code opa.runtime()} returns. */
  public JsonObject environment() {
    return settings.environment();
  }

  /** Asked now and then; true ends the evaluation. */
  public @Nullable BooleanSupplier cancelFlag() {
    return settings.cancelFlag();
  }

  /** Takes the lines that {@code print} writes; null to drop them. */
  public @Nullable Consumer<String> printer() {
    return settings.printer();
  }

  /** Is told which parts of the input are read; null when nobody is. */
  public @Nullable Consumer<JsonArray> inputReads() {
    return settings.reads();
  }

  /** Is told what happens; null when nobody is. */
  public @Nullable EvalObserver observer() {
    return settings.observer();
  }

  /** The same for the evaluator. */
  EvalSettings settings() {
    return settings;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private EvalLimits limits = EvalLimits.ofDefaults();
    private boolean strictBuiltinErrors;
    private @Nullable LongSupplier clock;
    private @Nullable RandomGenerator random;
    private JsonObject environment = JsonObject.EMPTY;
    private @Nullable BooleanSupplier cancelFlag;
    private @Nullable Consumer<String> printer;
    private @Nullable Consumer<JsonArray> inputReads;
    private @Nullable EvalObserver observer;

    private Builder() {}

    /** Sets what an evaluation may use. */
    public Builder limits(EvalLimits newLimits) {
      limits = newLimits;
      return this;
    }

    /** Sets whether a failing built-in ends the evaluation. */
    public Builder strictBuiltinErrors(boolean strict) {
      strictBuiltinErrors = strict;
      return this;
    }

    /** Sets the clock to a time; one further from 1970 than 292 years is cut to that. */
    public Builder clockAt(Instant at) {
      long seconds = Math.max(-MAX_CLOCK_SECONDS, Math.min(at.getEpochSecond(), MAX_CLOCK_SECONDS));
      long nanos = seconds * 1_000_000_000 + at.getNano();
      return clock(() -> nanos);
    }

    /** Sets the clock, in nanoseconds since 1970. */
    public Builder clock(LongSupplier nanos) {
      clock = nanos;
      return this;
    }

    /** Sets the source of chance; it must be thread-safe when evaluations run in parallel. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    /** Sets what {@code opa.runtime()} returns. */
    public Builder environment(JsonObject value) {
      environment = value;
      return this;
    }

    /** Sets a flag that ends evaluations once it is true. */
    public Builder cancelFlag(BooleanSupplier flag) {
      cancelFlag = flag;
      return this;
    }

    /** Sets who takes the lines that {@code print} writes. */
    public Builder printer(Consumer<String> lines) {
      printer = lines;
      return this;
    }

    /**
     * Sets who is told which parts of the input are read: a path of keys for each reading, the
     * empty one for the whole input. Everything below a path may have been looked at. The same path
     * may come more than once.
     */
    public Builder inputReads(Consumer<JsonArray> paths) {
      inputReads = paths;
      return this;
    }

    /**
     * Sets who is told what happens, rule by rule and expression by expression. Takes a query that
     * {@link RegoPolicy#prepareObserved} made.
     */
    public Builder observer(EvalObserver newObserver) {
      observer = newObserver;
      return this;
    }

    /** The options. */
    public EvalOptions build() {
      return new EvalOptions(
          new EvalSettings(
              limits,
              strictBuiltinErrors,
              clock,
              random,
              environment,
              cancelFlag,
              printer,
              inputReads,
              observer));
    }
  }
}
