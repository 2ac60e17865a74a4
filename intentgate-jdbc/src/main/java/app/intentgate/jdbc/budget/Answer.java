package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import app.intentgate.budget.ChargeResult;

/** What the ledger says to one {@link Ask}. */
public sealed interface Answer {
  /** It was charged, or refused; that stands. */
  record Final(ChargeResult result) implements Answer {}

  /** It fits only if another gate gives back what it holds, which it is asked for. */
  record Later(Charge charge) implements Answer {}
}
