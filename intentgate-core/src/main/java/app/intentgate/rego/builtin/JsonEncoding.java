package app.intentgate.rego.builtin;

import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;

/** {@code json.marshal}, {@code json.unmarshal} and {@code json.is_valid}. */
final class JsonEncoding {
  private JsonEncoding() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("json.marshal(any): string", JsonEncoding::marshal);
    b.add(
        "json.marshal_with_options(any, object<indent: string, prefix: string, pretty: boolean>"
            + "[string: any]): string",
        JsonIndent::marshal);
    b.add("json.unmarshal(string): any", JsonEncoding::unmarshal);
    b.add("json.is_valid(string): boolean", JsonEncoding::isValid);
  }

  private static JsonValue marshal(BuiltinContext context, JsonValue[] args) {
    return JsonString.of(PlainJson.text(context, args[0]));
  }

  private static JsonValue unmarshal(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    return parse(context, Operands.string(args, 0));
  }

  /** The value of a JSON text, or an error in Go's words. */
  static JsonValue parse(BuiltinContext context, String text) throws BuiltinException {
    context.chargeBytes(text.length());
    context.chargeValues(text.length() / 2L);
    try {
      return JsonReader.parseRego(text);
    } catch (JsonParseException e) {
      String go = GoJsonError.of(text);
      throw BuiltinException.of(go != null ? go : "invalid JSON: " + e.getMessage());
    }
  }

  private static JsonValue isValid(BuiltinContext context, JsonValue[] args) {
    if (!(args[0] instanceof JsonString s)) {
      return JsonValue.of(false);
    }
    context.chargeBytes(s.value().length());
    try {
      JsonReader.parseRego(s.value());
      return JsonValue.of(true);
    } catch (JsonParseException e) {
      return JsonValue.of(false);
    }
  }
}
