package app.intentgate.rego.eval;

import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import org.jspecify.annotations.Nullable;

/** Ends an evaluation. Has no stack trace of its own: policies end like this in ordinary use. */
public final class EvalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RegoError error;
  private final @Nullable EvalLimit limit;

  private EvalFailure(RegoError error, @Nullable EvalLimit limit) {
    super(error.message(), null, false, false);
    this.error = error;
    this.limit = limit;
  }

  /** A failure with one of {@link ErrorCode}. */
  public static EvalFailure of(String code, Location location, String message) {
    return new EvalFailure(RegoError.of(code, location, message), null);
  }

  static EvalFailure conflict(Location location, String message) {
    return of(ErrorCode.EVAL_CONFLICT, location, message);
  }

  /** Two rules, or two solutions of one, gave an object two values under a key. */
  static EvalFailure objectConflict(Location location) {
    return conflict(location, "object keys must be unique");
  }

  /** A limit was reached; the message is OPA's for every cancelled query. */
  public static EvalFailure limit(EvalLimit limit) {
    return new EvalFailure(
        RegoError.of(ErrorCode.EVAL_CANCEL, Location.NONE, "caller cancelled query execution"),
        limit);
  }

  /** The error. */
  public RegoError error() {
    return error;
  }

  /** The limit, or null when it was none. */
  public @Nullable EvalLimit limit() {
    return limit;
  }
}
