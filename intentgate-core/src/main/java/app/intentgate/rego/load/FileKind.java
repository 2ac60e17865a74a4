package app.intentgate.rego.load;

/** What a file holds, by its name. */
enum FileKind {
  REGO,
  JSON,
  YAML,
  BUNDLE,
  OTHER;

  static FileKind of(String name) {
    if (name.endsWith(".rego")) {
      return REGO;
    }
    if (name.endsWith(".json")) {
      return JSON;
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return YAML;
    }
    return name.endsWith(".tar.gz") ? BUNDLE : OTHER;
  }
}
