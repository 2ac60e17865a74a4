package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.trace.EvalEvent;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Spot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: its frames, its scopes and what it may still use. Used by one thread, once.
 *
 * <p>Frames lie one after the other on one stack of values: whoever calls a rule lets the rule's
 * frame start at {@link #top} and moves top behind it. Bodies within a rule share its frame.
 */
public final class EvalContext implements BuiltinContext {
  /** Stands in memos for "known to be undefined". */
  static final Object UNDEFINED = new Object();

  private static final int FIRST_STACK = 24;

  /** Work on less than this is part of the step that does it. */
  private static final int FREE_WEIGHT = 16;

  /** How many times the values that may be built one built value may hold. */
  private static final int WEIGHT_PER_VALUE = 4;

  private final JsonObject data;
  private final EvalSettings settings;
  private final CompiledTexts texts;
  private final Budget budget;
  private int slice;
  private int depth;
  private final int maxDepth;
  private final long maxWeight;

  /** The frames. Grows, so it is read again after every call. */
  @Nullable JsonValue[] stack = new JsonValue[FIRST_STACK];

  /** Where the next frame starts. */
  int top;

  /** The innermost scope; its input, overlay and memo are copied here because they are hot. */
  Scope scope;

  @Nullable JsonValue input;
  @Nullable Overlay overlay;
  @Nullable Object[] memo;

  /** What the running body of a complete rule or function gave so far. */
  @Nullable JsonValue result;

  /** What the running comprehension, partial rule or query collects into. */
  @Nullable Object collector;

  /** How much there is to walk in what was collected into it. */
  private long collected;

  final boolean strict;
  final @Nullable Consumer<JsonArray> reads;
  final @Nullable EvalObserver observer;

  /** How many rules and bodies are open, and where evaluation is; kept for the observer alone. */
  int openBodies;

  @Nullable Spot spot;

  private @Nullable Map<Object, Object> kept;
  private @Nullable RandomGenerator random;
  private long now;
  private boolean nowKnown;

  /**
   * A new evaluation.
   *
   * @param data the base documents
   * @param memoSize how many rule sets the policy has
   */
  public EvalContext(
      JsonObject data,
      @Nullable JsonValue input,
      int memoSize,
      CompiledTexts texts,
      EvalSettings settings) {
    this.data = data;
    this.texts = texts;
    this.settings = settings;
    this.budget = new Budget(settings.limits(), settings.cancelFlag());
    this.slice = budget.firstSlice();
    this.maxDepth = settings.limits().maxDepth();
    this.maxWeight =
        Math.min(settings.limits().maxValues(), Integer.MAX_VALUE / WEIGHT_PER_VALUE)
            * WEIGHT_PER_VALUE;
    this.strict = settings.strict();
    this.reads = settings.reads();
    this.observer = settings.observer();
    this.scope = new Scope(null, input, null, null, memoSize);
    this.input = input;
    this.memo = scope.memo;
  }

  /** Sets what is collected into, and gives what was before. */
  public @Nullable Object swapCollector(@Nullable Object next) {
    Object before = collector;
    collector = next;
    return before;
  }

  /** Makes room for a frame at {@link #top}. */
  void reserve(int frameSize) {
    int needed = top + frameSize;
    if (needed > stack.length) {
      stack = Arrays.copyOf(stack, Math.max(needed, stack.length * 2));
    }
  }

  /** The value of a slot that is known to be set. */
  JsonValue slot(int index) {
    return Objects.requireNonNull(stack[index], "slot is not set");
  }

  void enter(Scope next) {
    scope = next;
    input = next.input;
    overlay = next.overlay;
    memo = next.memo;
  }

  /** One loop turn or call. */
  void tick() {
    if (--slice <= 0) {
      slice = budget.nextSlice();
    }
  }

  /**
   * A value of the evaluation's own: must not be more than a few times what the evaluation may
   * build. Parts count as often as they are inside, since whatever walks the value walks them as
   * often.
   */
  <T extends JsonValue> T built(T value) {
    if (value.weight() > maxWeight) {
      throw EvalFailure.limit(EvalLimit.VALUES);
    }
    return value;
  }

  /**
   * Takes steps for work on a value in proportion to what there is to walk, and tells how much that
   * is; small ones are free.
   */
  int chargeFor(JsonValue value) {
    int weight = value.weight();
    if (weight >= FREE_WEIGHT) {
      chargeSteps(value instanceof JsonNumber ? (long) weight * weight >> 4 : weight / FREE_WEIGHT);
    }
    return weight;
  }

  /**
   * A set, in order. Sorting takes steps: only what evaluations build is a set, so that none that
   * is cut short leaves work to every later one.
   */
  JsonSet ordered(JsonSet set) {
    if (set.size() >= FREE_WEIGHT) {
      set.sort(this::chargeSteps);
    }
    return set;
  }

  /** Whether two values are equal, which takes steps when it takes time. */
  boolean equal(JsonValue a, JsonValue b) {
    if (a == b) {
      return true;
    }
    chargeFor(a);
    return a.equals(b);
  }

  /**
   * A value more, of some weight, in what is collected. Counts at once what {@link #built} would
   * count at the end: until then all of it has to be kept.
   */
  void collected(long weight) {
    budget.chargeValues(1);
    collected += weight;
    if (collected > maxWeight) {
      throw EvalFailure.limit(EvalLimit.VALUES);
    }
  }

  /** Starts to count what is collected anew; gives what was counted before. */
  long countCollected(long start) {
    long before = collected;
    collected = start;
    return before;
  }

  /** Goes one call deeper. */
  void descend() {
    tick();
    if (++depth > maxDepth) {
      throw EvalFailure.limit(EvalLimit.DEPTH);
    }
  }

  void ascend() {
    depth--;
  }

  /** The base documents, without what {@code with} replaces. */
  JsonObject data() {
    return data;
  }

  @Override
  public long nowNanos() {
    if (!nowKnown) {
      now =
          settings.clock() == null
              ? System.currentTimeMillis() * 1_000_000
              : settings.clock().getAsLong();
      nowKnown = true;
    }
    return now;
  }

  @Override
  public RandomGenerator random() {
    if (random == null) {
      random = settings.random() == null ? new Random() : settings.random();
    }
    return random;
  }

  @Override
  public JsonObject environment() {
    return settings.environment();
  }

  @Override
  public void chargeSteps(long steps) {
    slice = budget.charge(slice, steps);
  }

  @Override
  public void chargeValues(long values) {
    budget.chargeValues(values);
  }

  @Override
  public void chargeBytes(long bytes) {
    budget.chargeBytes(bytes);
  }

  @Override
  public <T> T compiled(Class<T> kind, String text, Compiler<T> compiler) throws BuiltinException {
    return texts.get(kind, text, compiler);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T once(Object key, Supplier<T> maker) {
    T value = (T) kept(key);
    if (value == null) {
      value = maker.get();
      keep(key, value);
    }
    return value;
  }

  /** What was kept under a key for the rest of the evaluation, or null. */
  @Nullable Object kept(Object key) {
    return kept == null ? null : kept.get(key);
  }

  /** Keeps something for the rest of the evaluation, which counts as a value that is built. */
  void keep(Object key, Object value) {
    chargeValues(1);
    if (kept == null) {
      kept = new HashMap<>();
    }
    kept.put(key, value);
  }

  @Override
  public void print(String line) {
    if (settings.printer() != null) {
      settings.printer().accept(line);
    }
  }

  @Override
  public void trace(String note) {
    if (observer != null && spot != null) {
      observer.event(
          new EvalEvent(EvalEvent.Op.NOTE, spot, openBodies, null, note, java.util.Map::of));
    }
  }
}
