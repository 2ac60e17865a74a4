package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditField;
import app.intentgate.audit.ChainLines;
import app.intentgate.audit.ChainLinker;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.StoredText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * An event as the database keeps it: the exact line that is served and hashed, and beside it what
 * it is found by, in the order of {@link #BESIDE} and escaped as in the line.
 *
 * @param chain the key of its chain
 * @param seq its number there
 * @param micros when it was made, in microseconds since 1970
 * @param beside the members it is found by
 * @param line its JSON
 */
record AuditRow(String chain, long seq, long micros, List<String> beside, String line) {
  /** The members that have columns of their own, by the names of {@link #COLUMNS}. */
  static final List<AuditField> BESIDE =
      List.of(
          AuditField.TENANT,
          AuditField.EVENT,
          AuditField.DECISION,
          AuditField.CHECK,
          AuditField.AGENT_ID,
          AuditField.TOOL,
          AuditField.CAPABILITY_TOKEN_ID,
          AuditField.ELEVATION_ID,
          AuditField.CALL_ID);

  /** Their columns. */
  static final List<String> COLUMNS =
      List.of(
          "tenant",
          "event",
          "decision",
          "\"check\"",
          "agent_id",
          "tool",
          "jti",
          "elevation_id",
          "call_id");

  /** Every column of the table, in the order of this record. */
  static final String ALL_COLUMNS = "chain, seq, ts, " + String.join(", ", COLUMNS) + ", line";

  /**
   * Before and after the years that an event can be of, in whole minutes, which PostgreSQL reckons
   * exactly. A question may be about any time, also one that no count of microseconds can say.
   */
  private static final Instant BEFORE_ALL = Instant.parse("-0001-12-31T23:59:00Z");

  private static final Instant AFTER_ALL = Instant.parse("+10000-01-01T00:00:00Z");

  /** The row of the event that a linker chained last. */
  static AuditRow of(StoredEvent stored, ChainLinker linker) {
    return new AuditRow(
        key(stored.event().tenant()),
        stored.seq(),
        micros(stored.event().at()),
        BESIDE.stream().map(linker::escapedText).toList(),
        new String(linker.wire(stored), StandardCharsets.UTF_8));
  }

  /** The key of a tenant's chain: its name, escaped, since a database cannot store every text. */
  static String key(String tenant) {
    return ChainLines.escaped(AuditChain.keyOf(tenant));
  }

  /** An event's time in microseconds since 1970, what is smaller cut off. */
  static long micros(Instant time) {
    return StoredText.micros(time);
  }

  /** The least number of microseconds that an event of a time, or a later one, can have. */
  static long microsFrom(Instant time) {
    return time.isAfter(AFTER_ALL) ? micros(AFTER_ALL) : microsTo(time.plusNanos(999));
  }

  /** The largest number of microseconds that an event of a time, or an earlier one, can have. */
  static long microsTo(Instant time) {
    if (time.isBefore(BEFORE_ALL)) {
      return micros(BEFORE_ALL);
    }
    return micros(time.isAfter(AFTER_ALL) ? AFTER_ALL : time);
  }
}
