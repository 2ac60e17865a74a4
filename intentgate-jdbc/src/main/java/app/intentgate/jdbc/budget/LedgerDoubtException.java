package app.intentgate.jdbc.budget;

import app.intentgate.store.StoreUnavailableException;
import java.io.Serial;

/** The connection was lost while the ledger stored: whether it did is not known. */
public final class LedgerDoubtException extends StoreUnavailableException {
  @Serial private static final long serialVersionUID = 1;

  /** What happened. */
  public LedgerDoubtException(String message, Throwable cause) {
    super(message, cause);
  }
}
