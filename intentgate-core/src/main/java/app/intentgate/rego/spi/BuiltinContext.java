package app.intentgate.rego.spi;

import app.intentgate.json.JsonObject;
import java.util.random.RandomGenerator;

/**
 * What an evaluation lends to the builtins it calls. Used by the evaluating thread only, and only
 * during the call.
 */
public interface BuiltinContext {
  /** Nanoseconds since 1970-01-01T00:00:00Z; the same all through one evaluation. */
  long nowNanos();

  /** The source of chance. */
  RandomGenerator random();

  /** What {@code opa.runtime()} returns; empty unless the embedder gave something. */
  JsonObject environment();

  /**
   * Takes steps from the budget of the evaluation, before the work is done: one per loop turn is
   * right, in lumps is fine. A cancelled or timed-out evaluation ends here too, by an unchecked
   * exception that builtins let pass.
   */
  void chargeSteps(long steps);

  /** Takes from the budget of values built (items of arrays, sets and objects). */
  void chargeValues(long values);

  /** Takes from the budget of text built, in bytes of UTF-8 or a close guess. */
  void chargeBytes(long bytes);

  /**
   * Something compiled from a text (a regular expression, a glob, a layout), kept with the policy
   * and shared by evaluations. The cache is bounded.
   *
   * @param kind what the text is; texts of different kinds are apart
   * @throws BuiltinException when the text cannot be compiled; never kept
   */
  <T> T compiled(Class<T> kind, String text, Compiler<T> compiler) throws BuiltinException;

  /** Makes something reusable and thread-safe of a text. */
  @FunctionalInterface
  interface Compiler<T> {
    /**
     * Compiles.
     *
     * @throws BuiltinException when the text is wrong
     */
    T compile(String text) throws BuiltinException;
  }

  /**
   * A value that is kept for the rest of this evaluation, such as the draws of {@code rand.intn}:
   * the same key gives the same value.
   */
  <T> T once(Object key, java.util.function.Supplier<T> maker);

  /** Takes a line that the policy prints. */
  void print(String line);

  /** Takes a note that the policy traces. */
  void trace(String note);
}
