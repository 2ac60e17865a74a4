package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints outlast crashes in the middle of a write; CheckpointTest has the rest. */
class FileCheckpointStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CheckpointKey KEY = CheckpointKey.generate(NOW);
  private static final CheckpointKey OTHER = CheckpointKey.generate(NOW);

  @TempDir private Path folder;
  private Path notes;
  private Path keys;
  private FileCheckpointStore store;

  @BeforeEach
  void open() {
    notes = folder.resolve(FileCheckpointStore.NOTES);
    keys = folder.resolve(FileCheckpointStore.KEYS);
    store = new FileCheckpointStore(folder);
  }

  private static Checkpoint signed(long sequence) {
    return KEY.sign("acme", sequence, "ab".repeat(32), NOW);
  }

  private List<Checkpoint> listed() {
    return new FileCheckpointStore(folder).list("acme", 0, 100);
  }

  private static byte[] text(Checkpoint checkpoint) {
    return (checkpoint.note() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void write(byte[] whole, byte[] torn) throws IOException {
    byte[] all = Arrays.copyOf(whole, whole.length + torn.length);
    System.arraycopy(torn, 0, all, whole.length, torn.length);
    Files.write(notes, all);
  }

  @Test
  void a_note_cut_off_anywhere_does_not_count_and_stops_nothing() throws IOException {
    byte[] first = text(signed(1));
    byte[] second = text(signed(2));
    for (int length = 1; length < second.length - 1; length += 17) {
      byte[] torn = Arrays.copyOf(second, length);
      write(first, torn);
      assertThat(listed()).as("%d bytes", length).containsExactly(signed(1));

      store.append(signed(3));
      assertThat(listed()).as("%d bytes", length).containsExactly(signed(1), signed(3));
      assertThat(folder.resolve("checkpoints.txt.torn")).hasBinaryContent(torn);
    }
    write(first, Arrays.copyOf(second, second.length - 1));
    store.append(signed(3));
    assertThat(listed())
        .as("all but the blank line after it")
        .containsExactly(signed(1), signed(2), signed(3));
  }

  @Test
  void the_first_note_cut_off_is_as_none() throws IOException {
    write(new byte[0], Arrays.copyOf(text(signed(1)), 50));
    assertThat(listed()).isEmpty();
    store.append(signed(2));
    assertThat(listed()).containsExactly(signed(2));
  }

  @Test
  void blocks_that_a_crash_left_empty_do_not_count() throws IOException {
    write(text(signed(1)), new byte[300]);
    assertThat(listed()).containsExactly(signed(1));
    store.append(signed(2));
    assertThat(listed()).containsExactly(signed(1), signed(2));
  }

  @Test
  void damage_that_is_no_torn_end_is_still_said() throws IOException {
    write(text(signed(1)), text(signed(2)));
    Files.writeString(notes, Files.readString(notes).replaceFirst("ab", "xy"));
    assertThatThrownBy(this::listed)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("damaged");

    Files.write(notes, new byte[2 * NoteReader.LONGEST]);
    assertThatThrownBy(this::listed).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.append(signed(3))).isInstanceOf(StoreUnavailableException.class);
    assertThat(notes).hasSize(2 * NoteReader.LONGEST);
  }

  @Test
  void a_key_cut_off_is_published_again() throws IOException {
    store.publish(KEY.publicHalf());
    store.publish(OTHER.publicHalf());
    byte[] all = Files.readAllBytes(keys);
    for (int cut = 1; cut < 40; cut += 13) {
      Files.write(keys, Arrays.copyOf(all, all.length - cut));
      assertThat(store.keys()).containsExactly(KEY.publicHalf());
      store.publish(OTHER.publicHalf());
      assertThat(keys).hasBinaryContent(all);
    }
  }

  @Test
  void who_reads_does_not_wait_for_who_writes() {
    store.append(signed(1));
    synchronized (store) {
      assertThat(
              CompletableFuture.supplyAsync(() -> store.list("acme", 0, 10))
                  .orTimeout(20, TimeUnit.SECONDS)
                  .join())
          .containsExactly(signed(1));
    }
  }
}
