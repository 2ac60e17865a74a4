package app.intentgate.jdbc.budget;

import java.time.Duration;

/**
 * How leases are handled.
 *
 * @param ledgerTime whether rates are judged by the ledger's clock, as gates must that share one,
 *     instead of by the times of the calls
 * @param maxCounters how many counters are held in memory at once; of one tenant at most as many as
 *     are left for the others
 * @param maxWaiting how many calls may wait for the ledger at once; of one tenant at most as many
 *     as are left for the others
 * @param maxWait how long a call may wait
 * @param idle how long a lease may lie unused before it is given back
 * @param rateLease how long the lease of a rate may be spent
 */
public record LeaseOptions(
    boolean ledgerTime,
    int maxCounters,
    int maxWaiting,
    Duration maxWait,
    Duration idle,
    Duration rateLease) {

  /** For gates that share a ledger. */
  public static LeaseOptions shared() {
    return new LeaseOptions(
        true, 200_000, 20_000, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  /** For one gate alone: it may keep what it has, and its clock is the only one. */
  public static LeaseOptions alone() {
    return new LeaseOptions(
        false,
        200_000,
        20_000,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2));
  }

  /** The same, judging rates by the times of the calls. */
  public LeaseOptions byCallTime() {
    return new LeaseOptions(false, maxCounters, maxWaiting, maxWait, idle, rateLease);
  }
}
