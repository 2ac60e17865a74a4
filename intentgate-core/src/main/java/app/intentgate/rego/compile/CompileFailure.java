package app.intentgate.rego.compile;

import app.intentgate.rego.spi.RegoError;
import java.util.List;
import java.util.stream.Collectors;

/** Modules or a query that do not compile. */
public final class CompileFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<RegoError> errors;

  /** A failure with these errors, at least one. */
  public CompileFailure(List<RegoError> errors) {
    super(errors.stream().map(RegoError::toString).collect(Collectors.joining("\n")));
    this.errors = List.copyOf(errors);
  }

  /**
   * What is wrong, in the order in which it is to be shown; at most as many errors as the compiler
   * was told to report (10 unless told otherwise), and a last word.
   */
  public List<RegoError> errors() {
    return errors;
  }
}
