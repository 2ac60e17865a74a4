package app.intentgate.rego.spi;

import app.intentgate.json.JsonValue;

/** A function that gives several results for one call, as {@code walk} does. Thread-safe. */
@FunctionalInterface
public interface RelationBuiltin {
  /** Takes the results, one by one. */
  @FunctionalInterface
  interface Results {
    /**
     * Takes a result.
     *
     * @return false to stop: no further result is wanted
     */
    boolean accept(JsonValue result);
  }

  /**
   * Hands every result of a call to a consumer, in a fixed order.
   *
   * @return false when the consumer stopped early
   * @throws BuiltinException when the arguments do not fit
   */
  boolean call(BuiltinContext context, JsonValue[] arguments, Results results)
      throws BuiltinException;
}
