package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between which times the events of each block of a chain are: {@code ig_audit_times}. With it a
 * page between two times reads the blocks that can hold such events, and no others. It may say too
 * much, after retention, and never too little.
 */
final class SqliteTimes {
  /** How many numbers of a chain are a block. */
  static final long BLOCK = 1024;

  private static final String NOTE =
      "INSERT INTO ig_audit_times VALUES (?, ?, ?, ?) ON CONFLICT (chain, block) DO UPDATE SET"
          + " lowest = min(lowest, excluded.lowest), highest = max(highest, excluded.highest)";

  private static final String WITHIN = " highest >= ? AND lowest <= ?";

  private static final String OF_CHAIN =
      "SELECT min(block), max(block) FROM ig_audit_times WHERE chain = ? AND" + WITHIN;

  /** The commits of a chain are in the order of its numbers. */
  private static final String OF_ALL =
      "SELECT min((SELECT c.position FROM ig_audit_commits c WHERE c.chain = t.chain"
          + " AND c.last_seq >= t.first ORDER BY c.last_seq LIMIT 1)),"
          + " max(coalesce((SELECT c.position FROM ig_audit_commits c WHERE c.chain = t.chain"
          + " AND c.last_seq >= t.last ORDER BY c.last_seq LIMIT 1), 9223372036854775807))"
          + " FROM (SELECT chain, min(block) * "
          + BLOCK
          + " AS first, max(block) * "
          + BLOCK
          + " + "
          + (BLOCK - 1)
          + " AS last FROM ig_audit_times WHERE"
          + WITHIN
          + " GROUP BY chain) t";

  private final Map<Long, long[]> blocks = new HashMap<>();

  private SqliteTimes() {}

  /**
   * A part of a chain.
   *
   * @param chain the key of the chain
   * @param number its number there
   */
  private record Block(String chain, long number) {}

  /** Notes the times of rows. */
  static void note(Connection connection, List<AuditRow> rows) throws SQLException {
    Map<Block, long[]> times = new LinkedHashMap<>();
    for (AuditRow row : rows) {
      long[] of =
          times.computeIfAbsent(
              new Block(row.chain(), row.seq() / BLOCK),
              block -> new long[] {row.micros(), row.micros()});
      of[0] = Math.min(of[0], row.micros());
      of[1] = Math.max(of[1], row.micros());
    }
    try (PreparedStatement note = connection.prepareStatement(NOTE)) {
      for (Map.Entry<Block, long[]> of : times.entrySet()) {
        note.setString(1, of.getKey().chain());
        note.setLong(2, of.getKey().number());
        note.setLong(3, of.getValue()[0]);
        note.setLong(4, of.getValue()[1]);
        note.executeUpdate();
      }
    }
  }

  /** Forgets what is known of numbers up to one, which are gone. */
  static void forget(Connection connection, String chain, long upTo) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM ig_audit_times WHERE chain = ? AND block < ?")) {
      delete.setString(1, chain);
      delete.setLong(2, (upTo + 1) / BLOCK);
      delete.executeUpdate();
    }
  }

  /** What is known of a chain, for its verification; null in a database that has no such table. */
  static @Nullable SqliteTimes of(Connection connection, String chain) throws SQLException {
    try (PreparedStatement there =
            connection.prepareStatement(
                "SELECT 1 FROM sqlite_master WHERE name = 'ig_audit_times'");
        ResultSet row = there.executeQuery()) {
      if (!row.next()) {
        return null;
      }
    }
    SqliteTimes times = new SqliteTimes();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT block, lowest, highest FROM ig_audit_times WHERE chain = ?")) {
      select.setString(1, chain);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          times.blocks.put(rows.getLong(1), new long[] {rows.getLong(2), rows.getLong(3)});
        }
      }
    }
    return times;
  }

  /** Whether an event of a number and a time would be found by its time. */
  boolean covers(long seq, long micros) {
    long[] block = blocks.get(seq / BLOCK);
    return block != null && block[0] <= micros && micros <= block[1];
  }

  static Stretch between(Connection connection, AuditQuery query) throws SQLException {
    Instant from = query.from();
    Instant to = query.to();
    if (from == null && to == null) {
      return Stretch.ALL;
    }
    boolean ofTenant = !query.tenant().isEmpty();
    try (PreparedStatement select = connection.prepareStatement(ofTenant ? OF_CHAIN : OF_ALL)) {
      int at = 1;
      if (ofTenant) {
        select.setString(at++, AuditRow.key(query.tenant()));
      }
      select.setLong(at++, from == null ? Long.MIN_VALUE : AuditRow.microsFrom(from));
      select.setLong(at, to == null ? Long.MAX_VALUE : AuditRow.microsTo(to));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        long first = row.getLong(1);
        if (row.wasNull()) {
          return new Stretch(1, 0);
        }
        long last = row.getLong(2);
        return ofTenant
            ? new Stretch(first * BLOCK, last * BLOCK + BLOCK - 1)
            : new Stretch(first, last);
      }
    }
  }
}
