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

/** {@code json.patch} (RFC 6902, also on sets). A patch that cannot be applied is an error. */
final class JsonPatch {
  private JsonPatch() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("json.patch(any, array[object<op: string, path: any>[any: any]]): any", JsonPatch::patch);
  }

  private static @Nullable JsonValue patch(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonArray operations = Operands.array(args, 1);
    DocumentEdit document = new DocumentEdit(context, args[0]);
    for (JsonValue operation : operations) {
      if (!(operation instanceof JsonObject o)) {
        throw BuiltinException.of(
            "must be an array of JSON-Patch objects, but at least one element is not an object");
      }
      apply(document, o);
    }
    return document.value();
  }

  private static void apply(DocumentEdit document, JsonObject operation) throws BuiltinException {
    if (!(attribute(operation, "op") instanceof JsonString op)) {
      throw BuiltinException.of("attribute 'op' must be a string");
    }
    switch (op.value()) {
      case "remove" -> document.remove(path(operation, "path"));
      case "move", "copy" -> {
        JsonValue target = attribute(operation, "path");
        JsonValue source = attribute(operation, "from");
        List<JsonValue> path = PathTree.segments(target, 1);
        List<JsonValue> from = PathTree.segments(source, 1);
        JsonValue moved = document.get(from);
        if (op.value().equals("move")) {
          document.remove(from);
        }
        document.add(path, moved);
      }
      case "add", "replace" -> {
        JsonValue target = attribute(operation, "path");
        JsonValue value = attribute(operation, "value");
        List<JsonValue> path = PathTree.segments(target, 1);
        if (op.value().equals("replace")) {
          document.remove(path);
        }
        document.add(path, value);
      }
      case "test" -> {
        JsonValue target = attribute(operation, "path");
        JsonValue expected = attribute(operation, "value");
        JsonValue found = document.get(PathTree.segments(target, 1));
        if (!found.equals(expected)) {
          throw BuiltinException.of(
              "value from EditTree != patch value.\n\nExpected: "
                  + ShownText.inError(expected)
                  + "\n\nFound: "
                  + ShownText.inError(found));
        }
      }
      default -> throw BuiltinException.of("unrecognized op: '" + op.value() + "'");
    }
  }

  private static List<JsonValue> path(JsonObject operation, String name) throws BuiltinException {
    return PathTree.segments(attribute(operation, name), 1);
  }

  private static JsonValue attribute(JsonObject operation, String name) throws BuiltinException {
    JsonValue value = operation.get(name);
    if (value == null) {
      throw BuiltinException.of("missing '" + name + "' attribute");
    }
    return value;
  }
}
