package app.intentgate.rego.regex;

import org.jspecify.annotations.Nullable;

/** A match and its groups. Immutable. Places are {@code char} indexes. */
public final class RegexMatch {
  private final String text;
  private final int[] slots;

  RegexMatch(String text, int[] slots) {
    this.text = text;
    this.slots = slots;
  }

  /** Where the match starts. */
  public int start() {
    return slots[0];
  }

  /** Where the match ends, exclusively. */
  public int end() {
    return slots[1];
  }

  /** The number of groups in the pattern, without the whole match. */
  public int groupCount() {
    return slots.length / 2 - 1;
  }

  /** Where a group starts, or -1 when it took no part; group 0 is the whole match. */
  public int start(int group) {
    return slots[2 * group];
  }

  /** Where a group ends, or -1 when it took no part. */
  public int end(int group) {
    return slots[2 * group + 1];
  }

  /** The text of a group, or null when it took no part. */
  public @Nullable String group(int group) {
    return start(group) < 0 ? null : text.substring(start(group), end(group));
  }

  /** The text of the match. */
  public String text() {
    return text.substring(start(), end());
  }

  /** The text of the match. */
  @Override
  public String toString() {
    return text();
  }
}
