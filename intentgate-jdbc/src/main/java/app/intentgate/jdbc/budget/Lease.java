package app.intentgate.jdbc.budget;

/**
 * What one gate may have spent without having said so.
 *
 * @param gate which gate
 * @param held how much at the most
 * @param countsAt for rates the latest time at which it may be spent, in the ledger's milliseconds;
 *     otherwise 0
 * @param alive whether its gate was heard of lately; what a gate held that is not counts as spent
 */
public record Lease(String gate, long held, long countsAt, boolean alive) {}
