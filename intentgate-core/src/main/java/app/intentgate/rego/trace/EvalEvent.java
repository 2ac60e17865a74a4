package app.intentgate.rego.trace;

import app.intentgate.json.JsonValue;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in an observed evaluation. Valid while the observer is called; what is to
 * be kept is copied by {@link Trace}.
 */
public final class EvalEvent {
  /** What happened. */
  public enum Op {
    /** A query, a rule or a body is tried. */
    ENTER,
    /** The rules of a path are tried; the note says when an index chose some of them. */
    INDEX,
    /** An expression is evaluated. */
    EVAL,
    /** An expression held; what comes after it is tried with the values it found. */
    HOLD,
    /** An expression had no solution. */
    FAIL,
    /** An expression is asked for further solutions. */
    REDO,
    /** A rule gave a value. */
    EXIT,
    /** The policy called {@code trace}. */
    NOTE
  }

  private final Op op;
  private final Spot spot;
  private final int depth;
  private final @Nullable JsonValue value;
  private final String note;
  private final Supplier<Map<String, JsonValue>> values;

  /** For the evaluator. */
  public EvalEvent(
      Op op,
      Spot spot,
      int depth,
      @Nullable JsonValue value,
      String note,
      Supplier<Map<String, JsonValue>> values) {
    this.op = op;
    this.spot = spot;
    this.depth = depth;
    this.value = value;
    this.note = note;
    this.values = values;
  }

  /** What happened. */
  public Op op() {
    return op;
  }

  /** What it happened to. */
  public Spot spot() {
    return spot;
  }

  /** How many rules and bodies are open around it. */
  public int depth() {
    return depth;
  }

  /** What a rule gave, else null. */
  public @Nullable JsonValue value() {
    return value;
  }

  /** The words of a note, or how many rules an index chose when not all; else empty. */
  public String note() {
    return note;
  }

  /**
   * The values that an expression looked at, as far as they are known, by what stands for them in
   * the source: variables, paths into the input, calls. Computed when asked for.
   */
  public Map<String, JsonValue> values() {
    return values.get();
  }
}
