package app.intentgate.rego;

import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.RegoError;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation that ended without an answer: rules that contradict each other, a limit, a
 * cancellation, or with strict built-in errors a failing built-in. Callers deny.
 */
public final class RegoEvalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RegoError error;
  private final @Nullable EvalLimit limit;

  RegoEvalException(RegoError error, @Nullable EvalLimit limit) {
    super(error.toString());
    this.error = error;
    this.limit = limit;
  }

  /** The error with OPA's code and message. */
  public RegoError error() {
    return error;
  }

  /** Which limit was reached, or null when it was none. */
  public @Nullable EvalLimit limit() {
    return limit;
  }
}
