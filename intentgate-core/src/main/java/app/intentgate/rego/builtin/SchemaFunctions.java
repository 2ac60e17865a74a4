package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.rego.builtin.SchemaResult.Place;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;

/** {@code json.match_schema} and {@code json.verify_schema}. */
final class SchemaFunctions {
  private SchemaFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        "json.match_schema(string | object[any: any], string | object[any: any]): array<boolean,"
            + " array[object<desc: string, error: string, field: string, type: string>]>",
        SchemaFunctions::match);
    b.add(
        "json.verify_schema(string | object[any: any]): array<boolean, null | string>",
        SchemaFunctions::verify);
  }

  /** An operand as JSON: a text is parsed. */
  private static JsonValue document(BuiltinContext context, JsonValue operand)
      throws BuiltinException {
    if (operand instanceof JsonString s) {
      context.chargeBytes(s.value().length());
      try {
        return JsonReader.parseRego(s.value());
      } catch (JsonParseException e) {
        throw BuiltinException.of("invalid JSON string");
      }
    }
    if (operand instanceof JsonObject || operand instanceof JsonArray) {
      return PlainJson.of(context, operand);
    }
    throw BuiltinException.of("wrong type, expected string or object");
  }

  private static SchemaNode schema(BuiltinContext context, JsonValue operand)
      throws BuiltinException {
    String text = JsonWriter.toText(document(context, operand));
    return context.compiled(
        SchemaNode.class,
        text,
        t -> {
          try {
            return SchemaCompiler.compile(context, JsonReader.parseRego(t));
          } catch (SchemaException e) {
            throw BuiltinException.of(e.getMessage());
          }
        });
  }

  private static JsonValue match(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonValue document = document(context, args[0]);
    SchemaResult result = new SchemaResult(context);
    schema(context, args[1]).check(document, Place.root(), result);
    return JsonArray.of(JsonValue.of(result.isValid()), result.toArray());
  }

  private static JsonValue verify(BuiltinContext context, JsonValue[] args) {
    try {
      schema(context, args[0]);
      return JsonArray.of(JsonValue.of(true), JsonNull.NULL);
    } catch (BuiltinException e) {
      return JsonArray.of(JsonValue.of(false), JsonString.of("jsonschema: " + e.getMessage()));
    }
  }
}
