package app.intentgate.jdbc.audit;

/**
 * What a chain's next event links on to.
 *
 * @param seq the number of its newest event; 0 when it has none yet
 * @param hash that event's hash
 * @param version of the head's row: another one after every write of it, whatever it wrote. Counted
 *     where chains are locked at the commit only ({@link AuditSql#locksAtCommit}), else 0
 */
record Tip(long seq, String hash, long version) {
  /** Of a chain before its first event. */
  static final Tip NONE = new Tip(0, "", 0);
}
