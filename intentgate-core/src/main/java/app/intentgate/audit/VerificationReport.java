package app.intentgate.audit;

import org.jspecify.annotations.Nullable;

/**
 * What verifying one chain found.
 *
 * @param chain the chain
 * @param verified how many events hold: read, hashed again and linked
 * @param unhashed how many events carry no hash; the first of them is the break
 * @param broken the first event that does not hold; null when all do
 * @param start where trust starts; null when there was no event
 * @param head the newest event; null when there was none or it could not be read
 */
public record VerificationReport(
    String chain,
    long verified,
    long unhashed,
    @Nullable BrokenEvent broken,
    @Nullable Start start,
    @Nullable ChainHead head) {

  /** Whether every event holds. */
  public boolean ok() {
    return broken == null;
  }

  /**
   * Where a verification started, and so what it takes on trust (B28).
   *
   * @param genesis whether it started at the chain's first event, and trusts nothing
   * @param seq the number of the first event verified; 0 when it has none
   * @param trustedPrevHash the hash of the event before that one, taken as it stands there; empty
   *     at genesis
   * @param why why it did not start at genesis; empty when it did
   */
  public record Start(boolean genesis, long seq, String trustedPrevHash, String why) {}
}
