package app.intentgate.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.BrokenEvent.Break;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file store verifies itself: whatever was changed since it was closed is found. */
@ExtendWith(QuietLog.class)
class FileAuditStoreOpeningTest {
  @TempDir private Path directory;
  private Path log;
  private Path heads;

  @BeforeEach
  void nameTheFiles() {
    log = directory.resolve("audit.jsonl");
    heads = directory.resolve("audit.jsonl.heads");
  }

  private void fill(long seed, int events) {
    RandomEvents random = new RandomEvents(seed);
    try (FileAuditStore store = FileAuditStore.open(log)) {
      for (int i = 0; i < events; i++) {
        var unused = store.append(random.next("acme"));
      }
    }
  }

  /** What opening or the verification behind it finds; null when all holds. */
  private Break found() {
    try (FileAuditStore store = FileAuditStore.open(log)) {
      until(() -> store.health().toVerify() == 0);
      BrokenEvent broken = store.health().broken();
      return broken == null ? null : broken.how();
    } catch (AuditException e) {
      assertThat(e.code()).isEqualTo(AuditException.Code.CHAIN_BROKEN);
      return Break.CHANGED;
    }
  }

  @Test
  void anyChangedByteOfTheFilesIsFound() throws IOException {
    fill(20, 3);
    byte[] logBytes = Files.readAllBytes(log);
    byte[] headsBytes = Files.readAllBytes(heads);
    Random random = new Random(21);
    // TamperedChainTest changes every byte of a log; here opening takes long, so some must do.
    for (int i = 0; i < logBytes.length + headsBytes.length; i += 1 + random.nextInt(30)) {
      byte[] changedLog = logBytes.clone();
      byte[] changedHeads = headsBytes.clone();
      byte[] changed = i < logBytes.length ? changedLog : changedHeads;
      changed[i < logBytes.length ? i : i - logBytes.length] ^= (byte) (1 + random.nextInt(255));
      Files.write(log, changedLog);
      Files.write(heads, changedHeads);

      assertThat(found()).as("byte %d", i).isNotNull();
    }
    Files.write(log, logBytes);
    Files.write(heads, headsBytes);
    assertThat(found()).isNull();
  }

  @Test
  void anyDeletedRepeatedOrSwappedLineIsFound() throws IOException {
    fill(22, 30);
    List<String> lines = Files.readAllLines(log);
    byte[] headsBytes = Files.readAllBytes(heads);
    for (int i = 0; i < lines.size(); i++) {
      List<List<String>> changes = new ArrayList<>();
      changes.add(new ArrayList<>(lines));
      changes.get(0).remove(i);
      changes.add(new ArrayList<>(lines));
      changes.get(1).add(i, lines.get((i + 3) % lines.size()));
      changes.add(new ArrayList<>(lines));
      Collections.swap(changes.get(2), i, (i + 1) % lines.size());
      for (List<String> change : changes) {
        Files.write(log, change);
        Files.write(heads, headsBytes);
        assertThat(found()).as("line %d of %d", i, change.size()).isNotNull();
      }
    }
  }

  @Test
  void theTailCutOffIsFoundByTheRememberedHeads() throws IOException {
    fill(23, 30);
    List<String> lines = Files.readAllLines(log);
    byte[] headsBytes = Files.readAllBytes(heads);
    for (int kept : List.of(29, 20, 0)) {
      Files.write(log, lines.subList(0, kept));
      Files.write(heads, headsBytes);

      assertThatThrownBy(() -> FileAuditStore.open(log))
          .hasMessageContaining("newest rows deleted");
    }
    Files.delete(log);
    assertThatThrownBy(() -> FileAuditStore.open(log)).hasMessageContaining("newest rows deleted");
  }

  @Test
  void whatWasAppendedAfterTheHeadsWereSavedIsVerifiedBeforeItGoesOn() throws IOException {
    fill(24, 10);
    byte[] early = Files.readAllBytes(heads);
    fill(25, 10);
    List<String> lines = Files.readAllLines(log);
    lines.set(15, lines.get(15).replace("\"latency_ms\":", "\"latency_ms\":1"));
    Files.write(log, lines);
    Files.write(heads, early);

    assertThatThrownBy(() -> FileAuditStore.open(log))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("line 16")
        .hasMessageContaining("hash mismatch");
  }

  @Test
  void aBrokenStoreOpensOnPurposeAndGoesOnReportingTheBreak() throws IOException {
    fill(26, 10);
    List<String> lines = Files.readAllLines(log);
    Files.write(log, lines.subList(0, 8));
    assertThatThrownBy(() -> FileAuditStore.open(log)).isInstanceOf(AuditException.class);

    try (FileAuditStore store = FileAuditStore.builder(log).continueBroken(true).open()) {
      BrokenEvent broken = store.health().broken();
      assertThat(broken).isNotNull();
      assertThat(broken.how()).isEqualTo(Break.TAIL_CUT);
      FileAuditStoreTest.get(store.append(RandomEvents.call("acme").build()));
    }
    assertThat(found()).isNull();
  }

  @Test
  void withoutRememberedHeadsEverythingIsVerifiedAtOnce() throws IOException {
    fill(27, 30);
    Files.delete(heads);
    try (FileAuditStore store = FileAuditStore.open(log)) {
      assertThat(store.health().verified()).isEqualTo(30);
      assertThat(store.health().toVerify()).isZero();
    }
    assertThat(heads).exists();
  }

  @Test
  void aTornTailAfterCleanClosingIsATailCut() throws IOException {
    fill(28, 5);
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(found()).isNotNull();
    assertThat(directory.resolve("audit.jsonl.torn")).exists();
  }

  @Test
  void headsAreSavedEveryTenThousandEvents() throws IOException {
    RandomEvents random = new RandomEvents(29);
    AuditEvent event = random.next("acme");
    try (FileAuditStore store = FileAuditStore.open(log)) {
      for (long i = 0; i < FileCommitter.SAVE_EVERY; i++) {
        var unused = store.append(event);
      }
      FileAuditStoreTest.get(store.append(event));
      // Callers are answered before, so that none waits for it.
      until(() -> Files.readString(heads).contains("\"events\":1"));
      byte[] copy = Files.readAllBytes(log);
      Path other = directory.resolve("copy.jsonl");
      Files.write(other, copy, StandardOpenOption.CREATE);
      Files.copy(heads, directory.resolve("copy.jsonl.heads"));
      try (FileAuditStore copied = FileAuditStore.open(other)) {
        assertThat(copied.heads()).isEqualTo(store.heads());
        assertThat(copied.health().verified()).isLessThan(FileCommitter.SAVE_EVERY);
      }
    }
  }
}
