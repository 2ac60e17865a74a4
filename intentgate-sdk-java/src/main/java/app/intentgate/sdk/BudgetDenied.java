package app.intentgate.sdk;

import java.io.Serial;

/** A limit of the token is used up, or cannot be counted. */
public final class BudgetDenied extends IntentGateException {
  @Serial private static final long serialVersionUID = 1;

  BudgetDenied(Failure failure) {
    super(failure);
  }
}
