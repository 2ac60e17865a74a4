package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.Arrays;

/** What a call, or a lookup by key, is remembered under: who was asked, and for what. */
final class CallKey {
  private final Object callee;
  private final JsonValue[] arguments;
  private final int hash;

  /** Keeps the array. */
  CallKey(Object callee, JsonValue... arguments) {
    this.callee = callee;
    this.arguments = arguments;
    this.hash = 31 * System.identityHashCode(callee) + Arrays.hashCode(arguments);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallKey k
        && k.callee == callee
        && k.hash == hash
        && Arrays.equals(k.arguments, arguments);
  }
}
