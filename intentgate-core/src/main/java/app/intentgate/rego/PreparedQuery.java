package app.intentgate.rego;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query planned once against a policy. Immutable and thread-safe. */
public final class PreparedQuery {
  private final boolean supported = Boolean.getBoolean("intentgate.rego.unfinished");

  PreparedQuery() {}

  /**
   * The value of a query that is a single term, such as {@code data.authz.decision}.
   *
   * @param input the input document, or null when there is none
   * @return the value, or null when it is undefined
   * @throws IllegalStateException when the query has several expressions or variables of its own
   * @throws RegoEvalException when the evaluation ended without an answer
   */
  public @Nullable JsonValue value(@Nullable JsonValue input, EvalOptions options) {
    if (!supported) {
      throw new UnsupportedOperationException("the Rego evaluator is not in this build");
    }
    return null;
  }

  /**
   * All solutions of the query: for each the values of its variables, by name. A query without
   * variables has one empty object when it holds. Empty when the query is undefined.
   *
   * @param input the input document, or null when there is none
   * @throws RegoEvalException when the evaluation ended without an answer
   */
  public List<JsonObject> results(@Nullable JsonValue input, EvalOptions options) {
    if (!supported) {
      throw new UnsupportedOperationException("the Rego evaluator is not in this build");
    }
    return List.of();
  }
}
