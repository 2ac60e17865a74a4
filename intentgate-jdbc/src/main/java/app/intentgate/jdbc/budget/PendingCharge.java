package app.intentgate.jdbc.budget;

import app.intentgate.budget.ChargeResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A call that waits for the ledger.
 *
 * @param ask what is asked
 * @param counters its counters, each once, in the order of their keys
 * @param result completed when there is an answer
 * @param deadlineNanos when it is given up
 */
record PendingCharge(
    Ask ask,
    List<LocalCounter> counters,
    CompletableFuture<ChargeResult> result,
    long deadlineNanos) {}
