package app.intentgate.jdbc.audit;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.audit.checkpoint.ClosingCheckpoint;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints that close what retention took away: up to where a chain's rows are gone, and the
 * hash that the first row left must follow. Stateless.
 */
final class Closings {
  private Closings() {}

  /**
   * The newest closing of a chain; null when it has all its rows.
   *
   * @throws IllegalArgumentException when what stands there is none of this chain, or no trusted
   *     key signed it
   */
  static @Nullable Checkpoint newest(Connection connection, String chain, CheckpointKeys trusted)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT seq, note FROM ig_audit_closings WHERE chain = ? ORDER BY seq DESC LIMIT 1")) {
      select.setString(1, chain);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        ClosingCheckpoint note = ClosingCheckpoint.parse(row.getString(2));
        Checkpoint closing = note.checkpoint();
        if (closing.sequence() != row.getLong(1) || !AuditRow.key(closing.tenant()).equals(chain)) {
          throw new IllegalArgumentException(
              "the closing checkpoint is another chain's or place's");
        }
        var unused = trusted.verify(note);
        return closing;
      }
    }
  }

  /** Up to where the rows of each chain are gone, by its key. */
  static Map<String, Long> ends(Connection connection) throws SQLException {
    Map<String, Long> ends = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT chain, max(seq) FROM ig_audit_closings GROUP BY chain");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ends.put(row.getString(1), row.getLong(2));
      }
    }
    return ends;
  }

  /** The keys that gates published in the database. */
  static CheckpointKeys published(Connection connection) throws SQLException {
    List<PublicCheckpointKey> keys = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT public_key FROM ig_checkpoint_keys");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keys.add(PublicCheckpointKey.decode(rows.getString(1), Instant.EPOCH));
      }
    }
    return CheckpointKeys.of(keys);
  }

  static void add(Connection connection, String chain, ClosingCheckpoint closing)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ig_audit_closings (chain, seq, note) VALUES (?, ?, ?)")) {
      insert.setString(1, chain);
      insert.setLong(2, closing.checkpoint().sequence());
      insert.setString(3, closing.note());
      insert.executeUpdate();
    }
  }
}
