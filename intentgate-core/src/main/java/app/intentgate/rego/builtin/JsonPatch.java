package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code json.patch} (RFC 6902, also on sets). A patch that cannot be applied is undefined. */
final class JsonPatch {
  private JsonPatch() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("json.patch(any, array[object[any: any]]): any", JsonPatch::patch);
  }

  private static @Nullable JsonValue patch(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonArray operations = Operands.array(args, 1);
    DocumentEdit document = new DocumentEdit(context, args[0]);
    try {
      for (JsonValue operation : operations) {
        if (!(operation instanceof JsonObject o) || !apply(document, o)) {
          return null;
        }
      }
      return document.value();
    } catch (DocumentEdit.NoSuchPlace e) {
      return null;
    }
  }

  /** Applies one operation; false when it is none, or a test that fails. */
  private static boolean apply(DocumentEdit document, JsonObject operation)
      throws BuiltinException, DocumentEdit.NoSuchPlace {
    List<JsonValue> path = path(operation, "path");
    JsonValue value = operation.get("value");
    if (!(operation.get("op") instanceof JsonString op) || path == null) {
      return false;
    }
    switch (op.value()) {
      case "remove" -> document.remove(path);
      case "move", "copy" -> {
        List<JsonValue> from = path(operation, "from");
        if (from == null) {
          return false;
        }
        JsonValue moved = document.get(from);
        if (op.value().equals("move")) {
          document.remove(from);
        }
        document.add(path, moved);
      }
      case "add", "replace" -> {
        if (value == null) {
          return false;
        }
        if (op.value().equals("replace")) {
          document.remove(path);
        }
        document.add(path, value);
      }
      case "test" -> {
        return document.get(path).equals(value);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static @Nullable List<JsonValue> path(JsonObject operation, String name) {
    JsonValue path = operation.get(name);
    try {
      return path == null ? null : PathTree.segments(path, 1);
    } catch (BuiltinException noPath) {
      return null;
    }
  }
}
