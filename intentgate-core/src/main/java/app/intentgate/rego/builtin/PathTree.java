package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paths of keys as a tree. Array indexes are strings in it: {@code a/0} is a path. Where one path
 * begins another, the shorter one counts.
 */
final class PathTree {
  private static final int PATH_STEPS = 4;

  private final Map<JsonValue, PathTree> children = new HashMap<>();
  private boolean end;

  private PathTree() {}

  /** The tree of an operand that is an array or set of paths; positions count from 0. */
  static PathTree of(BuiltinContext context, JsonValue[] arguments, int index)
      throws BuiltinException {
    JsonArray paths = Operands.items(arguments[index]);
    if (paths == null) {
      throw Operands.wrongType(arguments, index, "set", "array");
    }
    PathTree root = new PathTree();
    for (JsonValue path : paths) {
      context.chargeSteps(PATH_STEPS);
      root.add(segments(path, index));
    }
    return root;
  }

  private void add(List<JsonValue> path) {
    PathTree node = this;
    for (JsonValue key : path) {
      if (node.end) {
        return;
      }
      node = node.children.computeIfAbsent(key, k -> new PathTree());
    }
    if (node != this) {
      node.end = true;
      node.children.clear();
    }
  }

  /** The keys of one path, which is a text with slashes and {@code ~0 ~1}, or an array. */
  static List<JsonValue> segments(JsonValue path, int index) throws BuiltinException {
    List<JsonValue> keys = new ArrayList<>();
    if (path instanceof JsonArray array) {
      array.forEach(keys::add);
    } else if (path instanceof JsonString s) {
      if (s.value().isEmpty()) {
        return keys;
      }
      int from = 0;
      while (from < s.value().length() && s.value().charAt(from) == '/') {
        from++;
      }
      for (String part : s.value().substring(from).split("/", -1)) {
        keys.add(JsonString.of(part.replace("~1", "/").replace("~0", "~")));
      }
    } else {
      throw BuiltinException.ofType(
          "operand "
              + (index + 1)
              + " must be one of {set, array} containing string paths or array of path segments"
              + " but got "
              + Operands.typeName(path));
    }
    return keys;
  }

  /** Whether a path ends here. */
  boolean isEnd() {
    return end;
  }

  /** The paths that go on under a key; null when there are none. */
  @Nullable PathTree under(JsonValue key) {
    return children.get(key);
  }

  /** The paths that go on under an index of an array. */
  @Nullable PathTree under(int index) {
    return children.get(JsonString.of(Integer.toString(index)));
  }
}
