package app.intentgate.rego.eval;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads documents below {@code data}: base ones, and those that packages and rules make. */
public final class Documents {
  private static final JsonString SYSTEM = JsonString.of("system");

  private Documents() {}

  /**
   * The base document at the first {@code length} elements of a path, with what {@code with} has
   * put in; null when there is none.
   */
  static @Nullable JsonValue base(EvalContext c, JsonValue[] path, int length) {
    Overlay overlay = c.overlay;
    if (overlay == null) {
      return length == 0 ? visible(c.data()) : walk(c.data(), path, length, true);
    }
    JsonValue replacement = walk(overlay.document, path, length, false);
    if (overlay.covers(path, length)) {
      return replacement;
    }
    JsonValue stored = length == 0 ? visible(c.data()) : walk(c.data(), path, length, true);
    if (replacement == null || stored == null) {
      return replacement == null ? stored : replacement;
    }
    c.chargeFor(replacement);
    c.chargeFor(stored);
    JsonValue merged = Replacements.merge(replacement, stored);
    if (merged == null) {
      throw EvalFailure.of(
          ErrorCode.EVAL_WITH_MERGE,
          Location.NONE,
          "real and replacement data could not be merged");
    }
    return merged;
  }

  /** All base documents but that of the system, which only its own name gives. */
  private static JsonObject visible(JsonObject data) {
    if (data.get(SYSTEM) == null) {
      return data;
    }
    JsonObject.Builder rest = JsonObject.builder(data.size());
    for (int i = 0; i < data.size(); i++) {
      if (!data.keyAt(i).equals(SYSTEM)) {
        rest.put(data.keyAt(i), data.valueAt(i));
      }
    }
    return rest.build();
  }

  /**
   * Follows a path. A number finds the member of a stored object that has its text as name: stores
   * address documents by path segments, which are strings.
   */
  private static @Nullable JsonValue walk(
      @Nullable JsonValue from, JsonValue[] path, int length, boolean stored) {
    JsonValue value = from;
    for (int i = 0; i < length && value != null; i++) {
      JsonValue key = path[i];
      if (stored && key instanceof JsonNumber number && value instanceof JsonObject object) {
        value = object.get(JsonString.of(number.text()));
      } else {
        value = Values.get(value, key);
      }
    }
    return value;
  }

  /** The document at a place of the tree: base documents and what rules make, merged. */
  static @Nullable JsonValue whole(EvalContext c, DocumentNode node) {
    JsonValue stored = base(c, node.path(), node.path().length);
    if (c.overlay != null && c.overlay.covers(node.path(), node.path().length)) {
      return stored;
    }
    if (node.rules() != null) {
      return node.rules().document(c);
    }
    JsonObject made = made(c, node);
    if (stored == null) {
      return made;
    }
    c.chargeFor(stored);
    c.chargeFor(made);
    JsonValue merged = Replacements.merge(stored, made);
    return merged == null ? stored : merged;
  }

  /** What packages and rules below a place make. */
  private static JsonObject made(EvalContext c, DocumentNode node) {
    c.tick();
    JsonObject.Builder object = JsonObject.builder(node.children().size());
    for (DocumentNode child : node.children()) {
      if (child.isHidden()
          || (c.overlay != null && c.overlay.covers(child.path(), child.path().length))) {
        continue;
      }
      JsonValue value = child.rules() != null ? child.rules().document(c) : made(c, child);
      if (value != null) {
        object.put(child.key(), value);
      }
    }
    return object.build();
  }

  /** A base document at a path of constants. */
  public static Operand stored(JsonObject data, List<JsonValue> path) {
    JsonValue[] keys = path.toArray(new JsonValue[0]);
    return new Stored(keys.length == 0 ? visible(data) : walk(data, keys, keys.length, true), keys);
  }

  /** The whole document at a place of the tree. */
  public static Operand at(DocumentNode node) {
    return new At(node);
  }

  private static final class Stored extends Operand {
    private final @Nullable JsonValue value;
    private final JsonValue[] path;

    Stored(@Nullable JsonValue value, JsonValue[] path) {
      this.value = value;
      this.path = Arrays.copyOf(path, path.length);
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      return c.overlay == null ? value : base(c, path, path.length);
    }
  }

  private static final class At extends Operand {
    private final DocumentNode node;

    At(DocumentNode node) {
      this.node = node;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      return whole(c, node);
    }
  }
}
