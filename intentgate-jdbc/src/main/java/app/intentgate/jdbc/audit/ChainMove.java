package app.intentgate.jdbc.audit;

/**
 * What a batch does to one chain.
 *
 * @param chain the key of the chain
 * @param from where it found it
 * @param last the number of the newest event it brings
 * @param hash that event's hash
 * @param at when that event was made
 */
record ChainMove(String chain, Tip from, long last, String hash, String at) {
  /** The number of the first event that the batch brings. */
  long first() {
    return from.seq() + 1;
  }

  /** Where it leaves the chain. */
  Tip to(long version) {
    return new Tip(last, hash, version);
  }
}
