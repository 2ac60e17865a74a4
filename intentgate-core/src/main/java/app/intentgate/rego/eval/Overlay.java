package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What {@code with data.…} puts in the place of documents: the replacements merged into one
 * document, and the paths they were given for. Rules at and below such a path do not count.
 */
final class Overlay {
  final @Nullable JsonValue document;
  private final JsonValue[] target;
  private final @Nullable Overlay before;

  private Overlay(@Nullable JsonValue document, JsonValue[] target, @Nullable Overlay before) {
    this.document = document;
    this.target = target;
    this.before = before;
  }

  /** An overlay with one more replacement. */
  static Overlay with(@Nullable Overlay before, JsonValue[] target, JsonValue value) {
    JsonValue old = before == null ? null : before.document;
    return new Overlay(Replacements.put(old, target, 0, value), target, before);
  }

  /** Whether the first {@code length} elements of a path lead to, or below, a replaced place. */
  boolean covers(JsonValue[] path, int length) {
    for (Overlay o = this; o != null; o = o.before) {
      if (startsWith(path, length, o.target)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(JsonValue[] path, int length, JsonValue[] prefix) {
    if (prefix.length > length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (!prefix[i].equals(path[i])) {
        return false;
      }
    }
    return true;
  }
}
