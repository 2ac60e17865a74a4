package app.intentgate.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.ChainHead;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only a key that says so closes rows: a checkpoint alone cuts nothing. */
class ClosingCheckpointTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String HASH = "ab".repeat(32);

  private final CheckpointKey key = CheckpointKey.generate(NOW);
  private final CheckpointKey other = CheckpointKey.generate(NOW);
  private final CheckpointKeys trusted =
      CheckpointKeys.of(List.of(other.publicHalf(), key.publicHalf()));

  private ClosingCheckpoint closing() {
    return ClosingCheckpoint.sign(key, "acme", 7, HASH, NOW);
  }

  private void assertRefused(ClosingCheckpoint closing) {
    assertThatThrownBy(() -> trusted.verify(closing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("acme up to 7 were closed by no trusted key");
  }

  @Test
  void a_note_that_closes_reads_back_and_vouches_for_its_place() {
    ClosingCheckpoint closing = closing();

    assertThat(closing.note()).endsWith("\ncloses " + closing.closes() + "\n");
    assertThat(ClosingCheckpoint.parse(closing.note())).isEqualTo(closing);
    assertThat(trusted.verify(closing)).isEqualTo(new ChainHead("acme", 7, HASH, NOW));
    assertThat(Checkpoint.parseAll(closing.note() + closing.checkpoint().note()))
        .containsExactly(closing.checkpoint(), closing.checkpoint());
  }

  @Test
  void a_checkpoint_is_none_that_closes() {
    Checkpoint checkpoint = key.sign("acme", 7, HASH, NOW);
    assertThatThrownBy(() -> ClosingCheckpoint.parse(checkpoint.note()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("closes nothing");
    assertThatThrownBy(() -> ClosingCheckpoint.parse("\ncloses " + closing().closes()))
        .isInstanceOf(IllegalArgumentException.class);
    assertRefused(new ClosingCheckpoint(checkpoint, checkpoint.signature()));
    assertRefused(new ClosingCheckpoint(checkpoint, ""));
  }

  @Test
  void both_signatures_count_and_both_are_of_one_key() {
    ClosingCheckpoint closing = closing();
    Checkpoint mine = closing.checkpoint();
    ClosingCheckpoint others = ClosingCheckpoint.sign(other, "acme", 7, HASH, NOW);
    assertRefused(new ClosingCheckpoint(mine, others.closes()));
    Checkpoint unsigned =
        new Checkpoint("acme", 7, HASH, NOW, mine.keyId(), others.checkpoint().signature());
    assertRefused(new ClosingCheckpoint(unsigned, closing.closes()));
    // A signature for another place closes none but that.
    ClosingCheckpoint further = ClosingCheckpoint.sign(key, "acme", 8, HASH, NOW);
    assertRefused(new ClosingCheckpoint(mine, further.closes()));
    CheckpointKeys strangers = CheckpointKeys.of(List.of(other.publicHalf()));
    assertThatThrownBy(() -> strangers.verify(closing))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void trusted_keys_are_read_from_lines_with_or_without_ids() {
    String list =
        "\n  \n"
            + key.publicHalf().publicKey()
            + "\n\n"
            + other.id()
            + " "
            + other.publicHalf().publicKey()
            + " 2026-03-01T10:00:00Z\n";
    CheckpointKeys keys = CheckpointKeys.parse(list);
    for (CheckpointKey each : List.of(key, other)) {
      assertThat(keys.verify(each.sign("acme", 1, HASH, NOW)))
          .isEqualTo(new ChainHead("acme", 1, HASH, NOW));
    }
    assertThatThrownBy(() -> CheckpointKeys.parse("AAAA"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> CheckpointKeys.parse("").verify(key.sign("acme", 3, HASH, NOW)))
        .hasMessageContaining("acme at 3 is signed by no trusted key");
  }

  @Test
  void a_note_without_a_signature_behind_its_mark_is_refused() {
    String note = key.sign("acme", 7, HASH, NOW).note();
    String head = note.substring(0, note.lastIndexOf(' ') + 1);
    for (String signature : List.of("AAAA", "AAAAAA==", "A", "=")) {
      assertThatThrownBy(() -> Checkpoint.parse(head + signature + "\n"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Checkpoint.parse(head + "AAAAAAA=\n").signature()).hasSize(4);
    assertThatThrownBy(() -> Checkpoint.parse(note.replace("2026", "20x6")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Checkpoint.parse(note.replace("\n", "\r\n"))).isEqualTo(Checkpoint.parse(note));
  }

  @Test
  void the_mark_before_a_signature_finds_its_key() {
    byte[] mark = CheckpointKey.mark(key.id());
    String note = key.sign("acme", 7, HASH, NOW).note();
    byte[] marked =
        java.util.Base64.getDecoder().decode(note.substring(note.lastIndexOf(' ') + 1).strip());
    assertThat(java.util.Arrays.copyOf(marked, 4)).isEqualTo(mark);
    assertThat(CheckpointKey.mark(other.id())).isNotEqualTo(mark);
  }
}
