package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import org.jspecify.annotations.Nullable;

/** Something a policy can call. Immutable. */
public interface Callee {
  /**
   * The result, or null when it is undefined.
   *
   * @param call where the call was written
   */
  @Nullable JsonValue call(EvalContext c, JsonValue[] arguments, Location call);

  /** A callee that gives one value whatever it is called with. */
  static Callee ofValue(JsonValue value) {
    return (c, arguments, call) -> value;
  }
}
