package app.intentgate.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first place where a chain does not hold, and how.
 *
 * @param how what is wrong
 * @param seq the number of the event that does not fit; 0 when it has none
 * @param line the line of the file, from 1; 0 when the events do not come from a file
 * @param at when that event says it was made; null when it cannot be read
 * @param storedHash the hash that stands there; empty when none does
 * @param expectedHash the hash that should; empty when none can be said
 * @param detail one sentence that says what was found, in terms of this event
 */
public record BrokenEvent(
    Break how,
    long seq,
    long line,
    @Nullable Instant at,
    String storedHash,
    String expectedHash,
    String detail) {

  /** The ways a chain can break. */
  public enum Break {
    /** The event's members are not those that were hashed. */
    CHANGED("hash mismatch (row body tampered)"),
    /** The event does not follow the one before it. */
    UNLINKED("prev_hash mismatch (chain link broken — row inserted/deleted)"),
    /** One or more events before it are missing: the sequence jumps. */
    MISSING("sequence gap (row deleted)"),
    /** The event stands where an earlier or the same number stood already. */
    REORDERED("sequence not increasing (row repeated or moved)"),
    /** The event has no hash. */
    UNHASHED("row is not hashed"),
    /** The first event is not the first of its chain, and what was before it is not known. */
    NOT_GENESIS("chain does not start at its first row (oldest rows deleted)"),
    /** The chain ends before the head that is remembered for it. */
    TAIL_CUT("chain ends before its remembered head (newest rows deleted)"),
    /** The chain passes its remembered head with another hash than the remembered one. */
    HEAD_MISMATCH("remembered head does not match (rows rewritten)"),
    /** What stands there is no event, or not in the form events are stored in. */
    UNREADABLE("row is not readable");

    private final String reason;

    Break(String reason) {
      this.reason = reason;
    }

    /** The reason in the words of the admin contract (2.7), and ours where it has none. */
    public String reason() {
      return reason;
    }
  }
}
