package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.math.BigInteger;
import java.util.Locale;

/** {@code to_number}, {@code format_int}, and the deprecated {@code cast_*}. */
final class Conversions {
  private Conversions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("to_number(null | boolean | number | string): number", Conversions::toNumber);
    b.add("format_int(number, number): string", Conversions::formatInt);
    cast(b, "cast_null", "null", JsonNull.class);
    cast(b, "cast_boolean", "boolean", JsonBoolean.class);
    cast(b, "cast_string", "string", JsonString.class);
    cast(b, "cast_object", "object[any: any]", JsonObject.class);
    b.add(BuiltinSignature.parse("cast_array(any): array[any]").asDeprecated(), (c, a) -> items(a));
    b.add(
        BuiltinSignature.parse("cast_set(any): set[any]").asDeprecated(),
        (c, a) -> a[0] instanceof JsonSet s ? s : distinct(items(a)));
  }

  private static JsonArray items(JsonValue[] args) throws BuiltinException {
    JsonArray items = Operands.items(args[0]);
    if (items == null) {
      throw Operands.wrongType(args, 0, "array", "set");
    }
    return items;
  }

  private static JsonSet distinct(JsonArray items) {
    JsonSet.Builder set = JsonSet.builder();
    items.forEach(set::add);
    return set.build();
  }

  private static void cast(
      BuiltinRegistry.Builder b, String name, String type, Class<? extends JsonValue> wanted) {
    b.add(
        BuiltinSignature.parse(name + "(any): " + type).asDeprecated(),
        (c, a) -> {
          if (!wanted.isInstance(a[0])) {
            throw Operands.wrongType(a, 0, name.substring("cast_".length()));
          }
          return a[0];
        });
  }

  private static JsonValue toNumber(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonValue v = args[0];
    if (v instanceof JsonNull) {
      return JsonNumber.ZERO;
    } else if (v instanceof JsonBoolean) {
      return JsonNumber.of(v == JsonBoolean.TRUE ? 1 : 0);
    } else if (v instanceof JsonNumber) {
      return v;
    } else if (v instanceof JsonString s) {
      return parse(args, s.value());
    }
    throw Operands.wrongType(args, 0, "null", "boolean", "number", "string");
  }

  private static JsonNumber parse(JsonValue[] args, String text) throws BuiltinException {
    int start = 0;
    while (start < text.length() && (text.charAt(start) == '+' || text.charAt(start) == '-')) {
      start++;
    }
    String name = text.substring(start).toLowerCase(Locale.ROOT);
    if (name.equals("inf") || name.equals("infinity") || name.equals("nan")) {
      throw Operands.wrongType(args, 0, "valid number string");
    }
    return GoFloat.parse(text);
  }

  private static JsonString formatInt(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonNumber number = Operands.number(args, 0);
    int base =
        switch (Operands.number(args, 1).text()) {
          case "2" -> 2;
          case "8" -> 8;
          case "10" -> 10;
          case "16" -> 16;
          default -> throw BuiltinException.ofType("operand 2 must be one of {2, 8, 10, 16}");
        };
    if (Numbers.isSmall(number)) {
      return JsonString.of(Long.toString(number.longValue(), base));
    }
    BigInteger exact = number.isWrittenAsInteger() ? Numbers.whole(context, number) : null;
    BigInteger whole = exact != null ? exact : BinaryFloat.of(context, number).truncated();
    Numbers.chargeBits(context, whole.bitLength());
    return JsonString.of(whole.toString(base));
  }
}
