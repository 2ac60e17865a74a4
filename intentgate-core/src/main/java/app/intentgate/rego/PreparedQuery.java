package app.intentgate.rego;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.eval.EvalFailure;
import app.intentgate.rego.eval.QueryPlan;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query planned once against a policy. Immutable and thread-safe. */
public final class PreparedQuery {
  private final QueryPlan plan;
  private final boolean observed;

  PreparedQuery(QueryPlan plan, boolean observed) {
    this.plan = plan;
    this.observed = observed;
  }

  /** Whether the query is a single term without variables, so that {@link #value} answers it. */
  public boolean isSingle() {
    return plan.isSingle();
  }

  private void check(EvalOptions options) {
    if (!observed && options.observer() != null) {
      throw new IllegalStateException("an observer needs a query from prepareObserved");
    }
  }

  /**
   * The value of a query that is a single term, such as {@code data.authz.decision}.
   *
   * @param input the input document, or null when there is none
   * @return the value, or null when it is undefined
   * @throws IllegalStateException when the query has several expressions or variables of its own,
   *     or when the options have an observer and the query was not made to be observed
   * @throws RegoEvalException when the evaluation ended without an answer
   */
  public @Nullable JsonValue value(@Nullable JsonValue input, EvalOptions options) {
    if (!plan.isSingle()) {
      throw new IllegalStateException("the query is no single term without variables");
    }
    check(options);
    try {
      return plan.value(input, options.settings());
    } catch (EvalFailure e) {
      throw new RegoEvalException(e.error(), e.limit());
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw outOfMemory();
    } catch (RuntimeException e) {
      throw internal(e);
    }
  }

  /**
   * All solutions of the query: for each the values of its variables, by name. A query without
   * variables has one empty object when it holds. Empty when the query is undefined.
   *
   * @param input the input document, or null when there is none
   * @throws RegoEvalException when the evaluation ended without an answer
   * @throws IllegalStateException when the options have an observer and the query was not made to
   *     be observed
   */
  public List<JsonObject> results(@Nullable JsonValue input, EvalOptions options) {
    check(options);
    try {
      return plan.results(input, options.settings());
    } catch (EvalFailure e) {
      throw new RegoEvalException(e.error(), e.limit());
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw outOfMemory();
    } catch (RuntimeException e) {
      throw internal(e);
    }
  }

  private static RegoEvalException outOfMemory() {
    String message = "caller cancelled query execution";
    RegoError error = RegoError.of(ErrorCode.EVAL_CANCEL, Location.NONE, message);
    return new RegoEvalException(error, EvalLimit.MEMORY);
  }

  /** A defect of the engine or of a built-in: still no answer, and nothing else may come of it. */
  private static RegoEvalException internal(RuntimeException cause) {
    String message = "evaluation failed: " + cause.getClass().getSimpleName();
    RegoError error = RegoError.of(ErrorCode.EVAL_INTERNAL, Location.NONE, message);
    RegoEvalException failure = new RegoEvalException(error, null);
    failure.initCause(cause);
    return failure;
  }
}
