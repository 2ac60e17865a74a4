package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import java.util.List;

/**
 * One call that waits for the ledger.
 *
 * @param charges its limits, in the order of the token's caveats
 * @param atMillis the time of the call
 */
public record Ask(List<Charge> charges, long atMillis) {}
