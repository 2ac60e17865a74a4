package app.intentgate;

import java.io.Serial;

/** A call that was not allowed, for callers who prefer an exception; carries the decision. */
public final class DeniedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Decision decision;

  DeniedException(Decision decision) {
    super(decision.message() + ": " + decision.reason());
    this.decision = decision;
  }

  /** What was decided. */
  public Decision decision() {
    return decision;
  }
}
