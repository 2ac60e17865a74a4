package app.intentgate.rego.spi;

import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A function that policies call and that is not written in Rego. Implementations are called by
 * several threads at once and must keep no state of a call; they must not block.
 */
@FunctionalInterface
public interface Builtin {
  /**
   * Computes the result of one call.
   *
   * @param context what the evaluation lends to the call
   * @param arguments as many as the signature says; never to be changed or kept
   * @return the result, or null when the call is undefined
   * @throws BuiltinException when the arguments do not fit: the call is then undefined, or stops
   *     the evaluation when builtin errors are strict
   */
  @Nullable JsonValue call(BuiltinContext context, JsonValue[] arguments) throws BuiltinException;
}
