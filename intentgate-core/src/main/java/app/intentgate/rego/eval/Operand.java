package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Something that has a value, or is undefined, in a frame. Immutable. */
public abstract class Operand {
  /** For the operands of this package. */
  protected Operand() {}

  /**
   * The value, or null when it is undefined.
   *
   * @param base where the frame starts on the context's stack
   */
  public abstract @Nullable JsonValue eval(EvalContext c, int base);

  /** The value when it is the same in every evaluation, else null. */
  public @Nullable JsonValue constant() {
    return null;
  }
}
