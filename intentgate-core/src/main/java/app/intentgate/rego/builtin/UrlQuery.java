package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code urlquery.*}. */
final class UrlQuery {
  private static final int PAIR_STEPS = 4;

  private UrlQuery() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        "urlquery.encode(string): string",
        (c, a) -> JsonString.of(escape(c, Operands.string(a, 0))));
    b.add(
        "urlquery.decode(string): string",
        (c, a) -> JsonString.of(UrlEscapes.unescape(Operands.string(a, 0), UrlEscapes.Part.QUERY)));
    b.add(
        "urlquery.encode_object(object[string: string | array[string] | set[string]]): string",
        UrlQuery::encodeObject);
    b.add("urlquery.decode_object(string): object[string: array[string]]", UrlQuery::decodeObject);
  }

  private static String escape(BuiltinContext context, String text) {
    context.chargeBytes(3L * text.length());
    return UrlEscapes.escape(text, UrlEscapes.Part.QUERY);
  }

  private static JsonValue encodeObject(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    Operands.object(args, 0);
    JsonObject object = (JsonObject) PlainJson.of(context, args[0]);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < object.size(); i++) {
      int at = object.sortedPosition(i);
      String name = escape(context, object.nameAt(at));
      JsonValue value = object.valueAt(at);
      for (JsonValue v : value instanceof JsonArray many ? many : JsonArray.of(value)) {
        if (!(v instanceof JsonString s)) {
          throw BuiltinException.ofType(
              "operand 1 values must be string, array[string], or set[string]");
        }
        pairs.add(name + "=" + escape(context, s.value()));
      }
    }
    return JsonString.of(String.join("&", pairs));
  }

  private static JsonValue decodeObject(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String query = Operands.string(args, 0);
    context.chargeBytes(query.length());
    Map<String, List<JsonValue>> found = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      context.chargeSteps(PAIR_STEPS);
      if (pair.indexOf(';') >= 0) {
        throw BuiltinException.of("invalid semicolon separator in query");
      }
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      found
          .computeIfAbsent(UrlEscapes.unescape(name, UrlEscapes.Part.QUERY), k -> new ArrayList<>())
          .add(JsonString.of(UrlEscapes.unescape(value, UrlEscapes.Part.QUERY)));
      context.chargeValues(1);
    }
    JsonObject.Builder result = JsonObject.builder(found.size());
    found.forEach((name, values) -> result.put(name, JsonArray.copyOf(values)));
    return result.build();
  }
}
