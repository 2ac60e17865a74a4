package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.state.Gates.get;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls kept and taken at random by any gate, against the store in memory. */
class OpenCallPropertyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456Z");

  @TempDir Path directory;

  private final Random random = new Random(61);

  private OpenCall.Session session() {
    return new OpenCall.Session(
        random.nextBoolean() ? "acme" : "\u00e4'",
        "chain-" + random.nextInt(2),
        random.nextBoolean() ? "one" : "\u2028");
  }

  private static OpenCall call(OpenCall.Session session, String rpcId, int number) {
    Instant since = START.plusSeconds(number);
    AuditEvent event =
        AuditEvent.builder()
            .at(since)
            .phase(AuditPhase.OUTCOME)
            .decision(AuditDecision.ALLOW)
            .tenant(session.tenant())
            .callId("c-" + number)
            .tool("p\u0000y\ud800")
            .build();
    return new OpenCall(new OpenCall.Key(session, rpcId), "c-" + number, "tool", event, since);
  }

  @ParameterizedTest
  @EnumSource
  void every_gate_takes_what_one_store_in_memory_would_give(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      OpenCallStore model = new MemoryOpenCallStore();
      int taken = 0;
      for (int step = 0; step < 400; step++) {
        OpenCallStore store = gates.any(random).openCalls();
        OpenCall.Session session = session();
        String rpcId = random.nextBoolean() ? "" + random.nextInt(9) : "\"" + random.nextInt(9);
        switch (random.nextInt(8)) {
          case 0, 1 -> {
            OpenCall.Key key = new OpenCall.Key(session, rpcId);
            Optional<OpenCall> expected = get(model.take(key));
            assertThat(get(store.take(key))).as("step %d", step).isEqualTo(expected);
            taken += expected.isPresent() ? 1 : 0;
          }
          case 2 -> {
            if (random.nextInt(4) == 0) {
              assertThat(get(store.takeAll(session)))
                  .as("step %d", step)
                  .containsExactlyInAnyOrderElementsOf(get(model.takeAll(session)));
            }
          }
          case 3 -> {
            Instant than = START.plusSeconds(step - 20 - random.nextInt(60));
            // Which of too many are taken is the store's own; here it takes all.
            assertThat(get(store.takeOlder(than, 1_000)))
                .as("step %d: older than %s", step, than)
                .containsExactlyInAnyOrderElementsOf(get(model.takeOlder(than, 1_000)));
          }
          default -> {
            OpenCall call = call(session, rpcId, step);
            assertThat(get(store.keep(call)))
                .as("step %d", step)
                .containsExactlyInAnyOrderElementsOf(get(model.keep(call)));
          }
        }
      }
      assertThat(taken).isGreaterThan(5);
      OpenCallStore fresh = gates.fresh().openCalls();
      List<OpenCall> left = get(model.takeOlder(Instant.MAX, 1_000));
      assertThat(left).isNotEmpty();
      assertThat(get(fresh.takeOlder(Instant.MAX, 1_000)))
          .containsExactlyInAnyOrderElementsOf(left);
      assertThat(get(fresh.takeOlder(Instant.MAX, 1_000))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_many_that_take_at_once_each_call_goes_to_one(TestDatabase kind) {
    try (Gates gates = new Gates(kind, directory)) {
      OpenCall.Session session = session();
      for (int i = 0; i < 60; i++) {
        assertThat(get(gates.any(random).openCalls().keep(call(session, "" + i, i)))).isEmpty();
      }
      List<CompletionStage<List<OpenCall>>> stages = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        OpenCallStore store = gates.any(random).openCalls();
        stages.add(i % 3 == 0 ? store.takeAll(session) : store.takeOlder(Instant.MAX, 1 + i));
        int number = i;
        stages.add(
            store
                .take(new OpenCall.Key(session, "" + number))
                .thenApply(call -> call.map(List::of).orElse(List.of())));
      }
      List<String> all = new ArrayList<>();
      stages.forEach(stage -> get(stage).forEach(call -> all.add(call.callId())));
      get(gates.any(random).openCalls().takeAll(session)).forEach(call -> all.add(call.callId()));
      assertThat(all).hasSize(60).doesNotHaveDuplicates();
    }
  }
}
