package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.yaml.YamlException;
import app.intentgate.rego.yaml.YamlReader;
import app.intentgate.rego.yaml.YamlWords;

/** {@code yaml.*}, with the plain words of YAML 1.1: {@code yes} is true. */
final class Yaml {
  private Yaml() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("yaml.marshal(any): string", (c, a) -> JsonString.of(YamlWriter.write(c, a[0])));
    b.add("yaml.unmarshal(string): any", Yaml::unmarshal);
    b.add("yaml.is_valid(string): boolean", Yaml::isValid);
  }

  private static JsonValue unmarshal(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    try {
      return read(context, Operands.string(args, 0));
    } catch (YamlException e) {
      throw BuiltinException.of(String.valueOf(e.getMessage()));
    }
  }

  private static JsonValue isValid(BuiltinContext context, JsonValue[] args) {
    if (!(args[0] instanceof JsonString s)) {
      return JsonValue.of(false);
    }
    try {
      read(context, s.value());
      return JsonValue.of(true);
    } catch (YamlException e) {
      return JsonValue.of(false);
    }
  }

  private static JsonValue read(BuiltinContext context, String text) {
    context.chargeBytes(text.length());
    context.chargeValues(text.length() / 2L);
    return YamlReader.parse(text, YamlWords.V1_1, context::chargeSteps);
  }
}
