package app.intentgate.rego.parse;

import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A source is no Rego. Carries the errors found, at least one; after the first {@value #MAX_ERRORS}
 * one that says there are more, since a short source may have one for each two characters.
 */
public final class RegoParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The most errors that one source is told of. */
  static final int MAX_ERRORS = 100;

  private final transient List<RegoError> errors;

  RegoParseException(List<RegoError> errors) {
    super(bounded(errors).stream().map(RegoError::toString).collect(Collectors.joining("\n")));
    this.errors = bounded(errors);
  }

  private static List<RegoError> bounded(List<RegoError> errors) {
    if (errors.size() <= MAX_ERRORS) {
      return List.copyOf(errors);
    }
    List<RegoError> told = new ArrayList<>(errors.subList(0, MAX_ERRORS));
    told.add(RegoError.of(ErrorCode.PARSE, Location.NONE, "error limit reached"));
    return List.copyOf(told);
  }

  /** The errors, in the order of their discovery; the last one says so when there were more. */
  public List<RegoError> errors() {
    return errors;
  }
}
