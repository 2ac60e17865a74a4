package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.rego.spi.BuiltinRegistry;

/** {@code yaml.*}. */
final class Yaml {
  private Yaml() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("yaml.marshal(any): string", (c, a) -> JsonString.of(YamlWriter.write(c, a[0])));
  }
}
