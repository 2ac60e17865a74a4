package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** In which order a log is written, forced and cut, and what is remembered of it. */
@ExtendWith(QuietLog.class)
class FileCommitterTest {
  /** A disk in memory that tells what was asked of it and fails when it is told to. */
  private static final class Disk implements AppendFile {
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable String failing;

    private void ask(String what) throws IOException {
      asked.add(what);
      if (what.equals(failing)) {
        throw new IOException(what + " failed");
      }
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      byte[] all = new byte[bytes.remaining()];
      bytes.get(all);
      content.writeBytes(all);
      ask("append");
    }

    @Override
    public void force() throws IOException {
      ask("force");
    }

    @Override
    public void truncate(long size) throws IOException {
      ask("truncate");
      byte[] kept = Arrays.copyOf(content.toByteArray(), (int) size);
      content.reset();
      content.writeBytes(kept);
    }

    @Override
    public void close() throws IOException {
      ask("close");
    }

    String text() {
      return content.toString(StandardCharsets.UTF_8);
    }
  }

  private static final AuditEvent ACME = RandomEvents.call("acme").build();
  private static final AuditEvent GLOBEX = RandomEvents.call("globex").build();

  @TempDir private Path directory;
  private final Disk disk = new Disk();
  private StoreFiles files;
  private FileCommitter committer;

  @BeforeEach
  void open() {
    files = StoreFiles.of(directory.resolve("audit.jsonl"));
    committer = new FileCommitter(files, disk, SavedHeads.NONE);
  }

  private static String lines(List<StoredEvent> events) {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(EventJson.text(event)).append('\n'));
    return lines.toString();
  }

  @Test
  void a_batch_is_one_write_and_one_force_and_chains_each_tenant() throws IOException {
    List<StoredEvent> first = committer.commit(List.of(ACME, GLOBEX, ACME));
    List<StoredEvent> second = committer.commit(List.of(GLOBEX));

    assertThat(disk.asked).containsExactly("append", "force", "append", "force");
    assertThat(disk.text()).isEqualTo(lines(first) + lines(second));
    assertThat(first).extracting(StoredEvent::seq).containsExactly(1L, 1L, 2L);
    assertThat(first.get(2).prevHash()).isEqualTo(first.get(0).hash());
    assertThat(second.get(0).prevHash()).isEqualTo(first.get(1).hash());
    assertThat(committer.extent()).isEqualTo(new FileCommitter.Extent(disk.content.size(), 4));
    assertThat(committer.durable().heads())
        .extracting(ChainHead::chain, ChainHead::seq)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("acme", 2L),
            org.assertj.core.groups.Tuple.tuple("globex", 2L));
  }

  @Test
  void a_batch_larger_than_a_slice_is_written_in_parts_and_forced_once() throws IOException {
    AuditEvent large = ACME.toBuilder().reason("x".repeat(3 << 20)).build();
    List<StoredEvent> stored = committer.commit(List.of(large, large, large));

    assertThat(disk.asked).containsExactly("append", "append", "force");
    assertThat(disk.text().equals(lines(stored))).isTrue();
    assertThat(committer.extent().bytes()).isEqualTo(disk.content.size());
  }

  @Test
  void a_batch_that_fails_is_cut_away_at_once_and_chains_nothing() throws IOException {
    List<StoredEvent> first = committer.commit(List.of(ACME));
    for (String failing : List.of("append", "force")) {
      disk.asked.clear();
      disk.failing = failing;
      assertThatThrownBy(() -> committer.commit(List.of(ACME, GLOBEX)))
          .isInstanceOf(IOException.class)
          .hasMessage(failing + " failed");
      assertThat(disk.asked).contains("truncate");
      disk.failing = null;
      assertThat(disk.text()).isEqualTo(lines(first));
      assertThat(committer.extent().events()).isEqualTo(1);
      assertThat(committer.durable().heads()).hasSize(1);
    }
    StoredEvent next = committer.commit(List.of(ACME)).get(0);
    assertThat(next.seq()).isEqualTo(2);
    assertThat(next.prevHash()).isEqualTo(first.get(0).hash());
    assertThat(disk.text()).isEqualTo(lines(first) + lines(List.of(next)));
  }

  @Test
  void what_could_not_be_cut_away_is_cut_before_anything_else() throws IOException {
    disk.failing = "truncate";
    committer.commit(List.of(ACME));
    assertThatThrownBy(() -> committer.commit(List.of(badEvent())))
        .hasSuppressedException(new IOException("truncate failed"));
    disk.asked.clear();
    assertThatThrownBy(() -> committer.commit(List.of(ACME))).hasMessage("truncate failed");
    assertThat(disk.asked).containsExactly("truncate");
    disk.failing = null;
    disk.asked.clear();
    committer.commit(List.of(ACME));
    assertThat(disk.asked).containsExactly("truncate", "force", "append", "force");
  }

  /** One that has no line; a store refuses it before it gets here. */
  private static AuditEvent badEvent() {
    return ACME.toBuilder().at(java.time.Instant.parse("+10000-01-01T00:00:00Z")).build();
  }

  @Test
  void a_disk_is_back_when_it_takes_a_batch_that_is_then_taken_away() throws IOException {
    List<StoredEvent> first = committer.commit(List.of(ACME));
    disk.asked.clear();
    assertThat(committer.isBack()).isTrue();
    assertThat(disk.asked).containsExactly("append", "force", "truncate", "force");
    assertThat(disk.text()).isEqualTo(lines(first));
    disk.failing = "append";
    assertThatThrownBy(() -> committer.isBack()).hasMessage("append failed");
    disk.failing = null;
    committer.commit(List.of(ACME));
    assertThat(disk.text()).startsWith(lines(first)).hasLineCount(2);
  }

  @Test
  void heads_are_saved_when_so_many_events_came_and_at_closing() throws IOException {
    List<AuditEvent> most = java.util.Collections.nCopies((int) FileCommitter.SAVE_EVERY - 1, ACME);
    committer.commit(most);
    committer.saveIfDue();
    assertThat(SavedHeads.read(files)).isNull();
    committer.commit(List.of(ACME));
    committer.saveIfDue();
    assertThat(SavedHeads.read(files)).isEqualTo(committer.durable());
    committer.commit(List.of(GLOBEX));
    committer.saveIfDue();
    assertThat(SavedHeads.read(files)).isNotEqualTo(committer.durable());
    disk.asked.clear();
    committer.close();
    assertThat(disk.asked).containsExactly("close");
    assertThat(SavedHeads.read(files)).isEqualTo(committer.durable());
  }

  @Test
  void a_log_is_closed_though_its_heads_cannot_be_saved() throws IOException {
    Files.createDirectory(files.heads());
    Files.createFile(files.heads().resolve("in the way"));
    committer.commit(List.of(ACME));
    committer.close();
    assertThat(disk.asked).contains("close");
  }

  @Test
  void a_chain_goes_on_where_it_was_saved() throws IOException {
    StoredEvent last = AuditChain.link(ACME, 41, "ab".repeat(32));
    ChainHead head = new ChainHead("acme", 41, last.hash(), ACME.at());
    FileCommitter next = new FileCommitter(files, disk, new SavedHeads(100, 50, List.of(head)));
    assertThat(next.extent()).isEqualTo(new FileCommitter.Extent(100, 50));
    StoredEvent stored = next.commit(List.of(ACME)).get(0);
    assertThat(stored.seq()).isEqualTo(42);
    assertThat(stored.prevHash()).isEqualTo(last.hash());
    assertThat(next.extent().bytes()).isEqualTo(100 + disk.content.size());
    assertThat(next.extent().events()).isEqualTo(51);
  }
}
