package app.intentgate.file;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checkpoints in two text files of a folder, one signed note after the other, and one public key a
 * line. Each write is forced to the disk, and nothing of one that failed stays; what a crash cut
 * off at an end does not count, and is moved to a {@code .torn} file by the next write.
 * Thread-safe, and reading holds no writing up; one process at a time.
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
    try (DurableFile file = DurableFile.open(notes)) {
      cutTorn(notes, file, endOfNotes(file));
      file.append((checkpoint.note() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StoreUnavailableException(notes + " cannot be written", e);
    }
  }

  private static long endOfNotes(DurableFile file) throws IOException {
    long start = Math.max(0, file.size() - NoteReader.LONGEST);
    int end = NoteReader.endOfWhole(file.from(start));
    if (end < 0 && start > 0) {
      throw new IOException("what it ends with is no checkpoint");
    }
    return start + Math.max(0, end);
  }

  private static void cutTorn(Path path, DurableFile file, long end) throws IOException {
    if (end < file.size()) {
      TornEnd.keep(path, file.from(end));
      file.cut(end);
    }
  }

  @Override
  public List<Checkpoint> list(String tenant, long fromSequence, int limit) {
    List<Checkpoint> found = new ArrayList<>();
    if (!Files.exists(notes)) {
      return found;
    }
    try (NoteReader in = new NoteReader(notes)) {
      for (String note; found.size() < limit && (note = in.next()) != null; ) {
        Checkpoint c = Checkpoint.parse(note);
        if (c.tenant().equals(tenant) && c.sequence() >= fromSequence) {
          found.add(c);
        }
      }
      return found;
    } catch (IOException e) {
      throw new StoreUnavailableException(notes + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException(notes + " is damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void publish(PublicCheckpointKey key) {
    if (keys().stream().anyMatch(known -> known.id().equals(key.id()))) {
      return;
    }
    String line = key.id() + " " + key.publicKey() + " " + key.notBefore() + "\n";
    try (DurableFile file = DurableFile.open(keys)) {
      cutTorn(keys, file, wholeLines(file.from(0)).length);
      file.append(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StoreUnavailableException(keys + " cannot be written", e);
    }
  }

  @Override
  public List<PublicCheckpointKey> keys() {
    List<PublicCheckpointKey> found = new ArrayList<>();
    for (String line :
        new String(wholeLines(readKeys()), StandardCharsets.UTF_8).lines().toList()) {
      String[] parts = line.strip().split(" ");
      try {
        found.add(PublicCheckpointKey.decode(parts[1], Instant.parse(parts[2])));
      } catch (RuntimeException e) {
        throw new StoreUnavailableException(keys + " is damaged", e);
      }
    }
    return found;
  }

  private byte[] readKeys() {
    try {
      return Files.exists(keys) ? Files.readAllBytes(keys) : new byte[0];
    } catch (IOException e) {
      throw new StoreUnavailableException(keys + " cannot be read", e);
    }
  }

  /** Without what stands behind the last line feed. */
  private static byte[] wholeLines(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(text, end);
  }
}
