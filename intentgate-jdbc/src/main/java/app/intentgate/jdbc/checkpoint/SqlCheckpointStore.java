package app.intentgate.jdbc.checkpoint;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Checkpoints in a database. The note holds everything and is what is read back; the columns beside
 * it are for finding it. Thread-safe.
 */
public final class SqlCheckpointStore implements CheckpointStore {
  private static final String APPEND =
      """
      INSERT INTO ig_checkpoints (tenant, sequence, head_hash, at_us, key_id, note)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant, sequence, key_id) DO NOTHING
      """;

  private static final String LIST =
      """
      SELECT note FROM ig_checkpoints WHERE tenant = ? AND sequence >= ?
      ORDER BY sequence, at_us, key_id LIMIT ?
      """;

  private static final String PUBLISH =
      """
      INSERT INTO ig_checkpoint_keys (key_id, public_key, not_before_us)
      VALUES (?, ?, ?) ON CONFLICT (key_id) DO NOTHING
      """;

  private static final String KEYS =
      "SELECT public_key, not_before_us FROM ig_checkpoint_keys ORDER BY not_before_us, key_id";

  private final Database database;

  /** The checkpoints of a database, which has its schema already. */
  public SqlCheckpointStore(Database database) {
    this.database = database;
  }

  @Override
  public void append(Checkpoint checkpoint) {
    database.write(
        handle -> {
          try (PreparedStatement insert = handle.getConnection().prepareStatement(APPEND)) {
            insert.setString(1, StoredText.readable(checkpoint.tenant()));
            insert.setLong(2, checkpoint.sequence());
            insert.setString(3, checkpoint.headHash());
            insert.setLong(4, StoredText.micros(checkpoint.at()));
            insert.setString(5, checkpoint.keyId());
            insert.setString(6, checkpoint.note());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public List<Checkpoint> list(String tenant, long fromSequence, int limit) {
    return database.read(
        handle -> {
          try (PreparedStatement select = handle.getConnection().prepareStatement(LIST)) {
            select.setString(1, StoredText.readable(tenant));
            select.setLong(2, fromSequence);
            select.setInt(3, limit);
            List<Checkpoint> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                found.add(Checkpoint.parse(row.getString(1)));
              }
            }
            return found;
          }
        });
  }

  @Override
  public void publish(PublicCheckpointKey key) {
    database.write(
        handle -> {
          try (PreparedStatement insert = handle.getConnection().prepareStatement(PUBLISH)) {
            insert.setString(1, key.id());
            insert.setString(2, key.publicKey());
            insert.setLong(3, StoredText.micros(key.notBefore()));
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public List<PublicCheckpointKey> keys() {
    return database.read(
        handle -> {
          List<PublicCheckpointKey> found = new ArrayList<>();
          try (PreparedStatement select = handle.getConnection().prepareStatement(KEYS);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              found.add(
                  PublicCheckpointKey.decode(row.getString(1), StoredText.instant(row.getLong(2))));
            }
          }
          return found;
        });
  }
}
