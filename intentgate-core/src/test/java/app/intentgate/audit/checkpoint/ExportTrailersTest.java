package app.intentgate.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.VerificationReport;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonWriter;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryCheckpointStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An export that ends with checkpoints must end where they say. */
class ExportTrailersTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String HASH = "ab".repeat(32);

  private final CheckpointKey key = CheckpointKey.generate(NOW);
  private final CheckpointKeys trusted = CheckpointKeys.of(List.of(key.publicHalf()));

  private static String line(Checkpoint checkpoint) {
    JsonObject note = JsonObject.of("note", JsonString.of(checkpoint.note()));
    return JsonWriter.toText(JsonObject.of("checkpoint", note));
  }

  private static AuditFileVerifier.Result file(@Nullable ChainHead head, String... trailers) {
    VerificationReport other =
        new VerificationReport("a", 1, 0, null, null, new ChainHead("a", 1, HASH, NOW));
    VerificationReport acme = new VerificationReport("acme", 7, 0, null, null, head);
    return new AuditFileVerifier.Result(8, 100, List.of(other, acme), null, List.of(trailers));
  }

  private List<String> problems(String... trailers) {
    return ExportTrailers.problems(file(new ChainHead("acme", 7, HASH, NOW), trailers), trusted);
  }

  @Test
  void a_file_that_ends_as_its_checkpoints_say_has_no_problem() {
    assertThat(problems()).isEmpty();
    assertThat(problems(line(key.sign("acme", 7, HASH, NOW)), line(key.sign("a", 1, HASH, NOW))))
        .isEmpty();
  }

  @Test
  void another_end_is_a_problem_of_that_chain() {
    for (Checkpoint checkpoint :
        List.of(
            key.sign("acme", 8, HASH, NOW),
            key.sign("acme", 6, HASH, NOW),
            key.sign("acme", 7, "cd".repeat(32), NOW),
            key.sign("globex", 7, HASH, NOW))) {
      assertThat(problems(line(checkpoint)))
          .containsExactly(
              "chain "
                  + checkpoint.tenant()
                  + " does not end as its checkpoint says, at event "
                  + checkpoint.sequence());
    }
    assertThat(ExportTrailers.problems(file(null, line(key.sign("acme", 7, HASH, NOW))), trusted))
        .hasSize(1);
  }

  @Test
  void a_strangers_signature_counts_only_where_any_does() {
    String stranger = line(CheckpointKey.generate(NOW).sign("acme", 7, HASH, NOW));
    assertThat(problems(stranger)).singleElement().asString().contains("no trusted key");
    ChainHead head = new ChainHead("acme", 7, HASH, NOW);
    assertThat(ExportTrailers.problems(file(head, stranger), null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"checkpoint\":",
        "[]",
        "{\"checkpoint\":{}}",
        "{\"checkpoint\":7}",
        "{\"checkpoint\":{\"note\":7}}",
        "{\"note\":\"x\"}"
      })
  void what_is_no_checkpoint_is_a_problem(String line) {
    assertThat(problems(line)).singleElement().asString().startsWith("a checkpoint line ");
  }

  @Test
  void a_checkpointer_publishes_its_key_and_hands_out_copies_of_what_was_kept() {
    MemoryAuditStore audit = new MemoryAuditStore();
    MemoryCheckpointStore store = new MemoryCheckpointStore();
    List<Checkpoint> copies = new ArrayList<>();
    Checkpointer checkpointer =
        new Checkpointer(
            audit,
            store,
            key,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Checkpointer.Pace(2, Duration.ofDays(1)),
            List.of(copies::add, copy -> assertThat(store.list("acme", 0, 9)).contains(copy)));
    assertThat(store.keys()).containsExactly(key.publicHalf());
    assertThat(checkpointer.key()).isSameAs(key);
    assertThat(checkpointer.store()).isSameAs(store);
    AuditEvent event =
        AuditEvent.builder().at(NOW).decision(AuditDecision.ALLOW).tenant("acme").build();
    for (int i = 0; i < 3; i++) {
      var stored = audit.append(event).toCompletableFuture().join();
      assertThat(checkpointer.sign("acme", stored))
          .isEqualTo(key.sign("acme", stored.seq(), stored.hash(), NOW));
      checkpointer.run();
    }
    // At first sight, and after two more.
    assertThat(copies).extracting(Checkpoint::sequence).containsExactly(1L, 3L);
    assertThat(store.list("acme", 0, 9)).isEqualTo(copies);
  }
}
