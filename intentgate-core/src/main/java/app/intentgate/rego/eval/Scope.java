package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds within one {@code with}, or for the evaluation as a whole: input, replaced data and
 * functions, and the results remembered under them. A result never leaves its scope.
 */
final class Scope {
  /** Further results are computed again: memory must not grow with the steps of an evaluation. */
  private static final int MAX_REMEMBERED = 100_000;

  final @Nullable Scope outer;
  final @Nullable JsonValue input;
  final @Nullable Overlay overlay;
  final @Nullable Mocks mocks;

  /** By the id of a rule set: its value, {@link EvalContext#UNDEFINED}, or null when not known. */
  final @Nullable Object[] memo;

  private @Nullable Map<CallKey, Object> calls;

  Scope(
      @Nullable Scope outer,
      @Nullable JsonValue input,
      @Nullable Overlay overlay,
      @Nullable Mocks mocks,
      int memoSize) {
    this.outer = outer;
    this.input = input;
    this.overlay = overlay;
    this.mocks = mocks;
    this.memo = new Object[memoSize];
  }

  /** The value remembered for a call, {@link EvalContext#UNDEFINED}, or null. */
  @Nullable Object recall(CallKey key) {
    return calls == null ? null : calls.get(key);
  }

  void remember(CallKey key, @Nullable JsonValue value) {
    if (calls == null) {
      calls = new HashMap<>();
    }
    if (calls.size() >= MAX_REMEMBERED) {
      return;
    }
    calls.put(key, value == null ? EvalContext.UNDEFINED : value);
  }
}
