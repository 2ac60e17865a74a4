package app.intentgate.rego.builtin;

import app.intentgate.rego.spi.BuiltinRegistry;

/** The builtins of OPA that need nothing from outside: no network, no files. */
public final class StandardBuiltins {
  private static final BuiltinRegistry ALL = build();

  private StandardBuiltins() {}

  /** All of them; a policy that calls anything else does not compile. */
  public static BuiltinRegistry registry() {
    return ALL;
  }

  private static BuiltinRegistry build() {
    BuiltinRegistry.Builder b = BuiltinRegistry.builder();
    Comparison.addTo(b);
    return b.build();
  }
}
