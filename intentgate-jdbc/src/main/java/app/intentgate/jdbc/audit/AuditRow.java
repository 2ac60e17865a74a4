package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditChain;
import app.intentgate.audit.AuditField;
import app.intentgate.audit.ChainLines;
import app.intentgate.audit.ChainLinker;
import app.intentgate.audit.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /** A time in microseconds since 1970, what is smaller cut off. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
