package app.intentgate.rego.parse;

import org.jspecify.annotations.Nullable;

/**
 * Which of version 1's keywords a rule was written with.
 *
 * @param usesIf {@code if}
 * @param usesContains {@code contains}
 * @param ofElse the same for the next branch of its chain
 */
record WrittenWords(boolean usesIf, boolean usesContains, @Nullable WrittenWords ofElse) {
  static final WrittenWords NONE = new WrittenWords(false, false, null);
}
