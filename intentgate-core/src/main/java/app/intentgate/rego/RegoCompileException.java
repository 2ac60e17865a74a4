package app.intentgate.rego;

import app.intentgate.rego.spi.RegoError;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A source or a query that is no valid Rego. Carries every error of the first compiler stage that
 * found any, in OPA's words.
 */
public final class RegoCompileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RegoError> errors;

  RegoCompileException(List<RegoError> errors) {
    super(text(errors));
    this.errors = List.copyOf(errors);
  }

  private static String text(List<RegoError> errors) {
    return errors.stream().map(RegoError::toString).collect(Collectors.joining("\n"));
  }

  /** The errors, at least one. */
  public List<RegoError> errors() {
    return errors;
  }
}
