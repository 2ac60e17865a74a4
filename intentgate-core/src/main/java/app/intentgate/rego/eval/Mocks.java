package app.intentgate.rego.eval;

import org.jspecify.annotations.Nullable;

/** The functions that {@code with} replaces, the latest first. */
final class Mocks {
  private final String function;
  private final Callee replacement;
  private final @Nullable Mocks before;

  Mocks(String function, Callee replacement, @Nullable Mocks before) {
    this.function = function;
    this.replacement = replacement;
    this.before = before;
  }

  /** What stands in the place of a function, or null when it is not replaced. */
  static @Nullable Callee find(@Nullable Mocks mocks, String function) {
    for (Mocks m = mocks; m != null; m = m.before) {
      if (m.function.equals(function)) {
        return m.replacement;
      }
    }
    return null;
  }
}
