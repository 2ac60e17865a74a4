package app.intentgate.rego.parse;

import app.intentgate.rego.spi.RegoError;
import java.util.List;
import java.util.stream.Collectors;

/** A source is no Rego. Carries every error found, at least one. */
public final class RegoParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RegoError> errors;

  RegoParseException(List<RegoError> errors) {
    super(errors.stream().map(RegoError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /** The errors, in the order of their discovery. */
  public List<RegoError> errors() {
    return errors;
  }
}
