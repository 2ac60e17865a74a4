package app.intentgate.rego.plan;

/**
 * A query or a rule that the planner cannot give a meaning to, such as a variable that would have
 * to be known before itself. The message names what it is.
 */
public final class UnplannableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnplannableException(String message) {
    super(message);
  }
}
