package app.intentgate.rego.yaml;

/** Which plain words mean something else than themselves. */
public enum YamlWords {
  /** YAML 1.1, as OPA's YAML functions and data files have it: {@code yes} and {@code on} too. */
  V1_1,

  /** Only {@code true}, {@code false}, {@code null} and their capitals, as in metadata. */
  CORE
}
