package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;

/** JSON on several lines, indented by two. */
final class PrettyJson {
  private PrettyJson() {}

  static String of(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, "", out);
    return out.toString();
  }

  private static void write(JsonValue value, String indent, StringBuilder out) {
    if (value instanceof JsonObject object && !object.isEmpty()) {
      String inner = indent + "  ";
      String separator = "{\n";
      for (int i = 0; i < object.size(); i++) {
        out.append(separator).append(inner).append(name(object.keyAt(i))).append(": ");
        write(object.valueAt(i), inner, out);
        separator = ",\n";
      }
      out.append('\n').append(indent).append('}');
    } else if (value instanceof JsonArray array && !array.isEmpty()) {
      items(array, indent, out);
    } else if (value instanceof JsonSet set && !set.isEmpty()) {
      items(set, indent, out);
    } else {
      out.append(JsonWriter.toText(value));
    }
  }

  private static void items(Iterable<JsonValue> items, String indent, StringBuilder out) {
    String inner = indent + "  ";
    String separator = "[\n";
    for (JsonValue item : items) {
      out.append(separator).append(inner);
      write(item, inner, out);
      separator = ",\n";
    }
    out.append('\n').append(indent).append(']');
  }

  private static String name(JsonValue key) {
    return key instanceof JsonString
        ? JsonWriter.toText(key)
        : JsonWriter.toText(JsonString.of(JsonWriter.toText(key)));
  }
}
