package app.intentgate.file;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Checkpoints in two text files of a folder, one signed note after the other, and one public key a
 * line. Each write is forced to the disk. Thread-safe; one process at a time.
 */
public final class FileCheckpointStore implements CheckpointStore {
  /** The file of the notes. */
  public static final String NOTES = "checkpoints.txt";

  /** The file of the public keys: id, key and time a line. */
  public static final String KEYS = "checkpoint-keys.txt";

  private final Path notes;
  private final Path keys;

  /** The checkpoints of a folder. */
  public FileCheckpointStore(Path folder) {
    this.notes = folder.resolve(NOTES);
    this.keys = folder.resolve(KEYS);
  }

  @Override
  public synchronized void append(Checkpoint checkpoint) {
    append(notes, checkpoint.note() + "\n");
  }

  /** Adds a text to a file, durably. */
  static void append(Path file, String text) {
    try {
      Files.writeString(
          file,
          text,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new StoreUnavailableException(file + " cannot be written", e);
    }
  }

  @Override
  public synchronized List<Checkpoint> list(String tenant, long fromSequence, int limit) {
    try {
      return Checkpoint.parseAll(read(notes)).stream()
          .filter(c -> c.tenant().equals(tenant) && c.sequence() >= fromSequence)
          .limit(limit)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException(notes + " is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void publish(PublicCheckpointKey key) {
    if (keys().stream().noneMatch(known -> known.id().equals(key.id()))) {
      append(keys, key.id() + " " + key.publicKey() + " " + key.notBefore() + "\n");
    }
  }

  @Override
  public synchronized List<PublicCheckpointKey> keys() {
    List<PublicCheckpointKey> found = new ArrayList<>();
    for (String line : read(keys).lines().toList()) {
      String[] parts = line.strip().split(" ");
      try {
        found.add(PublicCheckpointKey.decode(parts[1], Instant.parse(parts[2])));
      } catch (RuntimeException e) {
        throw new StoreUnavailableException(keys + " is damaged", e);
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new StoreUnavailableException(file + " cannot be read", e);
    }
  }
}
