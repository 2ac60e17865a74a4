package app.intentgate.jdbc.checkpoint;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.StoredText;
import java.util.List;

/**
 * Checkpoints in a database. The note holds everything and is what is read back; the columns beside
 * it are for finding it. Thread-safe.
 */
public final class SqlCheckpointStore implements CheckpointStore {
  private final Database database;

  /** The checkpoints of a database, which has its schema already. */
  public SqlCheckpointStore(Database database) {
    this.database = database;
  }

  @Override
  public void append(Checkpoint checkpoint) {
    database.write(
        handle ->
            handle.execute(
                """
                INSERT INTO ig_checkpoints (tenant, sequence, head_hash, at_us, key_id, note)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, sequence, key_id) DO NOTHING
                """,
                StoredText.readable(checkpoint.tenant()),
                checkpoint.sequence(),
                checkpoint.headHash(),
                StoredText.micros(checkpoint.at()),
                checkpoint.keyId(),
                checkpoint.note()));
  }

  @Override
  public List<Checkpoint> list(String tenant, long fromSequence, int limit) {
    return database.read(
        handle ->
            handle
                .select(
                    """
                    SELECT note FROM ig_checkpoints WHERE tenant = ? AND sequence >= ?
                    ORDER BY sequence, at_us, key_id LIMIT ?
                    """,
                    StoredText.readable(tenant),
                    fromSequence,
                    limit)
                .mapTo(String.class)
                .map(Checkpoint::parse)
                .list());
  }

  @Override
  public void publish(PublicCheckpointKey key) {
    database.write(
        handle ->
            handle.execute(
                """
                INSERT INTO ig_checkpoint_keys (key_id, public_key, not_before_us)
                VALUES (?, ?, ?) ON CONFLICT (key_id) DO NOTHING
                """,
                key.id(),
                key.publicKey(),
                StoredText.micros(key.notBefore())));
  }

  @Override
  public List<PublicCheckpointKey> keys() {
    return database.read(
        handle ->
            handle
                .select(
                    "SELECT public_key, not_before_us FROM ig_checkpoint_keys"
                        + " ORDER BY not_before_us, key_id")
                .map(
                    (row, context) ->
                        PublicCheckpointKey.decode(
                            row.getString(1), StoredText.instant(row.getLong(2))))
                .list());
  }
}
