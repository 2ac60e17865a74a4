package app.intentgate.rego.yaml;

/** A text is no YAML, or YAML beyond what {@link YamlReader} reads. */
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  YamlException(int line, String problem) {
    super("yaml: line " + line + ": " + problem);
    this.line = line;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }
}
