package app.intentgate.rego.builtin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import org.jspecify.annotations.Nullable;

/** {@code uri.parse} and {@code uri.is_valid}. */
final class Uris {
  private Uris() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("uri.parse(string): object[string: string]", Uris::parse);
    b.add("uri.is_valid(string): boolean", Uris::isValid);
  }

  private static JsonValue parse(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    String text = Operands.string(args, 0);
    context.chargeBytes(text.length());
    GoUrl url = GoUrl.parse(text);
    JsonObject.Builder b = JsonObject.builder();
    put(b, "scheme", url.scheme());
    put(b, "hostname", url.hostname());
    put(b, "port", url.port());
    put(b, "path", url.path());
    put(b, "raw_path", url.rawPath());
    put(b, "raw_query", url.rawQuery());
    put(b, "fragment", url.fragment());
    return b.build();
  }

  private static void put(JsonObject.Builder b, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      b.put(name, value);
    }
  }

  private static JsonValue isValid(BuiltinContext context, JsonValue[] args) {
    if (!(args[0] instanceof JsonString s) || s.value().isEmpty()) {
      return JsonValue.of(false);
    }
    try {
      GoUrl.parse(s.value());
      return JsonValue.of(true);
    } catch (BuiltinException e) {
      return JsonValue.of(false);
    }
  }
}
