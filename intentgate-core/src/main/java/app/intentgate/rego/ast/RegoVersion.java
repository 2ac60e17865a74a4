package app.intentgate.rego.ast;

/** The versions of the language. */
public enum RegoVersion {
  /** Before OPA 1.0: {@code if} and {@code contains} only by import, and not required. */
  V0,

  /** A V0 source that imports {@code rego.v1}: both rule sets hold. */
  V0_WITH_V1_IMPORT,

  /** Since OPA 1.0. */
  V1;

  /** Whether {@code if} and {@code contains} are required. */
  public boolean isStrict() {
    return this != V0;
  }
}
