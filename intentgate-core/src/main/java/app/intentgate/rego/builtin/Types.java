package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.List;

/** {@code type_name} and {@code is_*}. */
final class Types {
  private Types() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("type_name(any): string", (c, a) -> JsonString.of(Operands.typeName(a[0])));
    for (String type : List.of("null", "boolean", "number", "string", "array", "object", "set")) {
      b.add(
          "is_" + type + "(any): boolean",
          (c, a) -> JsonValue.of(Operands.typeName(a[0]).equals(type)));
    }
  }
}
