package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.text.GoText;

/** {@code json.marshal_with_options}: JSON on many lines, each with a prefix and indentation. */
final class JsonIndent {
  private final BuiltinContext context;
  private final StringBuilder out = new StringBuilder();
  private String prefix = "";
  private String indent = "\t";
  private boolean asked;
  private @org.jspecify.annotations.Nullable Boolean pretty;

  private JsonIndent(BuiltinContext context) {
    this.context = context;
  }

  static JsonValue marshal(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonIndent writer = new JsonIndent(context);
    writer.options(Operands.object(args, 1));
    boolean many = writer.pretty == null ? writer.asked : writer.pretty;
    if (!many) {
      return JsonString.of(PlainJson.text(context, args[0]));
    }
    ShownText.charge(context, args[0]);
    writer.out.append(writer.prefix);
    writer.write(PlainJson.of(context, args[0]), 0);
    return JsonString.of(writer.out.toString());
  }

  private void options(JsonObject options) throws BuiltinException {
    for (int i = 0; i < options.size(); i++) {
      int at = options.sortedPosition(i);
      JsonValue value = options.valueAt(at);
      if (!(options.keyAt(at) instanceof JsonString key)) {
        JsonValue wrong = options.keyAt(at);
        throw BuiltinException.ofType(
            "operand 2 failed to stringify key "
                + ShownText.inError(wrong)
                + (" at index " + i + ": operand " + i + " must be string but got ")
                + Operands.typeName(wrong));
      }
      switch (key.value()) {
        case "prefix" -> {
          prefix = text(key, value, i);
          asked = true;
        }
        case "indent" -> {
          indent = text(key, value, i);
          asked = true;
        }
        case "pretty" -> {
          if (!(value instanceof JsonBoolean wanted)) {
            throw failed("key " + GoText.quote(key.value()) + " failed cast to bool");
          }
          pretty = wanted.value();
        }
        default -> throw failed("object contained unknown key " + GoText.quote(key.value()));
      }
    }
  }

  private static String text(JsonString key, JsonValue value, int index) throws BuiltinException {
    if (value instanceof JsonString s) {
      return s.value();
    }
    throw failed(
        "key "
            + GoText.quote(key.value())
            + (" failed cast to string: operand " + index + " must be string but got ")
            + Operands.typeName(value));
  }

  private static BuiltinException failed(String what) {
    return BuiltinException.ofType("operand 2 " + what);
  }

  private void write(JsonValue value, int depth) {
    if (value instanceof JsonArray array && !array.isEmpty()) {
      out.append('[');
      for (int i = 0; i < array.size(); i++) {
        line(i > 0, depth + 1);
        write(array.get(i), depth + 1);
      }
      line(false, depth);
      out.append(']');
    } else if (value instanceof JsonObject object && !object.isEmpty()) {
      out.append('{');
      for (int i = 0; i < object.size(); i++) {
        int at = object.sortedPosition(i);
        line(i > 0, depth + 1);
        out.append(JsonWriter.goText(object.keyAt(at))).append(": ");
        write(object.valueAt(at), depth + 1);
      }
      line(false, depth);
      out.append('}');
    } else {
      out.append(JsonWriter.goText(value));
    }
  }

  private void line(boolean comma, int depth) {
    context.chargeBytes(2L + prefix.length() + (long) indent.length() * depth);
    out.append(comma ? ",\n" : "\n").append(prefix).append(indent.repeat(depth));
  }
}
