package app.intentgate.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.EventJson;
import app.intentgate.file.FileCheckpointStore;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryCheckpointStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints show what the chain alone cannot: that a log was cut or written anew (B28). */
class CheckpointTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final CheckpointKey key = CheckpointKey.generate(NOW);
  private final MemoryAuditStore audit = new MemoryAuditStore();
  private final MemoryCheckpointStore store = new MemoryCheckpointStore();
  private final Ticking clock = new Ticking();

  @TempDir Path folder;

  /** A clock that stands until it is moved. */
  private static final class Ticking extends Clock {
    Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static void events(MemoryAuditStore log, String tenant, String reason, int count) {
    for (int i = 0; i < count; i++) {
      log.append(
              AuditEvent.builder()
                  .at(NOW)
                  .tool("read_" + i)
                  .tenant(tenant)
                  .decision(AuditDecision.ALLOW)
                  .reason(reason)
                  .build())
          .toCompletableFuture()
          .join();
    }
  }

  private Checkpointer checkpointer(long events, Duration time) {
    return new Checkpointer(
        audit, store, key, clock, new Checkpointer.Pace(events, time), List.of());
  }

  /** What verifying an export of a log against a checkpoint finds; null when all holds. */
  private BrokenEvent check(MemoryAuditStore log, Checkpoint checkpoint) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    log.export(
        AuditQuery.all(),
        event -> {
          lines.writeBytes(EventJson.bytes(event));
          lines.write('\n');
          return true;
        });
    CheckpointKeys keys = CheckpointKeys.parse(key.publicHalf().publicKey());
    return AuditFileVerifier.verify(
            new ByteArrayInputStream(lines.toByteArray()),
            AuditFileVerifier.Form.EXACT,
            List.of(keys.verify(checkpoint)),
            (bytes, events) -> {})
        .broken();
  }

  private Checkpoint signed() {
    events(audit, "acme", "as it was", 10);
    checkpointer(1, Duration.ofDays(1)).run();
    return store.list("acme", 0, 10).get(0);
  }

  @Test
  void aLogThatOnlyGrewHoldsWhatWasSigned() throws Exception {
    Checkpoint checkpoint = signed();
    events(audit, "acme", "later", 5);

    assertThat(check(audit, checkpoint)).isNull();
  }

  @Test
  void aCutLogIsFound() throws Exception {
    Checkpoint checkpoint = signed();
    MemoryAuditStore cut = new MemoryAuditStore();
    events(cut, "acme", "as it was", 9);

    assertThat(check(cut, checkpoint)).isNotNull();
  }

  @Test
  void aLogWrittenAnewIsFoundThoughItsOwnChainHolds() throws Exception {
    Checkpoint checkpoint = signed();
    MemoryAuditStore anew = new MemoryAuditStore();
    events(anew, "acme", "as somebody wants it to have been", 12);

    assertThat(anew.verify("acme", null, null).ok()).isTrue();
    assertThat(check(anew, checkpoint)).isNotNull();
  }

  @Test
  void anotherKeysSignatureCountsForNothing() {
    events(audit, "acme", "x", 3);
    Checkpoint forged = CheckpointKey.generate(NOW).sign("acme", 3, "a".repeat(64), NOW);

    assertThatThrownBy(() -> check(audit, forged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no trusted key");
  }

  @Test
  void everyChangeOfANoteUndoesItsSignature() {
    Checkpoint checkpoint = signed();
    String note = checkpoint.note();
    List<Integer> missed = new ArrayList<>();
    for (int i = 0; i < note.length(); i++) {
      char other = note.charAt(i) == '0' ? '1' : '0';
      String changed = note.substring(0, i) + other + note.substring(i + 1);
      boolean refused;
      try {
        refused = !key.publicHalf().verifies(Checkpoint.parse(changed));
      } catch (IllegalArgumentException e) {
        refused = true;
      }
      // The signature line's four bytes of key hash only help to find the key.
      if (!refused && !Checkpoint.parse(changed).equals(checkpoint)) {
        missed.add(i);
      }
    }
    assertThat(missed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "a/b c\n", "\u00e9\u4e2d", "intentgate/x", "100%"})
  void aNoteReadsBackAsWhatWasSigned(String tenant) {
    Checkpoint checkpoint = key.sign(tenant, 77, "ab".repeat(32), NOW.plusNanos(123_000));

    assertThat(Checkpoint.parse(checkpoint.note())).isEqualTo(checkpoint);
    assertThat(Checkpoint.parseAll(checkpoint.note() + "\n" + checkpoint.note() + "\n"))
        .containsExactly(checkpoint, checkpoint);
    assertThat(key.publicHalf().verifies(Checkpoint.parse(checkpoint.note()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "intentgate/a\n1\n", "intentgate/a\n-1\nab\nnow\n\n\u2014 x y\n"})
  void whatIsNoNoteIsRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneIsSignedAfterSoManyEventsOrSoLongAndWhenTheGateStops() {
    Checkpointer checkpointer = checkpointer(10, Duration.ofMinutes(1));
    events(audit, "acme", "x", 1);
    checkpointer.run();
    events(audit, "acme", "x", 9);
    checkpointer.run();
    assertThat(store.list("acme", 0, 10)).extracting(Checkpoint::sequence).containsExactly(1L);
    events(audit, "acme", "x", 1);
    checkpointer.run();
    events(audit, "acme", "x", 1);
    clock.now = NOW.plusSeconds(60);
    checkpointer.run();
    checkpointer.run();
    events(audit, "acme", "x", 1);
    checkpointer.close();
    checkpointer.close();

    assertThat(store.list("acme", 0, 10))
        .extracting(Checkpoint::sequence)
        .containsExactly(1L, 11L, 12L, 13L);
  }

  @Test
  void aKeyReadsBackAndDoesNotPrint() {
    String text = key.encode();
    CheckpointKey again = CheckpointKey.decode(text);

    assertThat(again.publicHalf()).isEqualTo(key.publicHalf());
    assertThat(key.toString()).doesNotContain(text.substring(0, 20)).contains(key.id());
    CheckpointKey other = CheckpointKey.generate(NOW);
    String mixed = text.split(" ")[0] + " " + other.publicHalf().publicKey() + " " + NOW;
    assertThatThrownBy(() -> CheckpointKey.decode(mixed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFilesOfAFolderKeepNotesAndKeys() throws Exception {
    FileCheckpointStore file = new FileCheckpointStore(folder);
    Checkpoint checkpoint = signed();
    file.append(checkpoint);
    file.publish(key.publicHalf());
    file.publish(key.publicHalf());

    FileCheckpointStore again = new FileCheckpointStore(folder);
    assertThat(again.list("acme", 0, 10)).containsExactly(checkpoint);
    assertThat(again.list("acme", checkpoint.sequence() + 1, 10)).isEmpty();
    assertThat(again.list("other", 0, 10)).isEmpty();
    assertThat(again.keys()).containsExactly(key.publicHalf());
    assertThat(Files.readString(folder.resolve(FileCheckpointStore.NOTES)))
        .startsWith("intentgate/acme\n10\n");
  }
}
