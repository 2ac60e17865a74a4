package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.check.Credential;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
  private static final String POLICY =
      """
      package intentgate.policy
      import rego.v1
      decision := {"allow": true, "reason": "fine"}
      """;
  private static final JsonValue SEVEN = JsonNumber.of(7);

  private final MemoryOpenCallStore store = new MemoryOpenCallStore();
  private final IntentGate gate =
      IntentGate.builder()
          .requireToken(false)
          .policy(RegoPolicyEngine.compile("p", POLICY, "test", Duration.ofSeconds(5)))
          .build();
  private final OpenCalls calls = new OpenCalls(gate, store);
  private final SessionState session = session("sealed-one");

  private static SessionState session(String id) {
    return new SessionState(
        id,
        new SessionIds.Session("up", Elicits.NOT),
        new SessionIds.Owner("acme", "chain"),
        Credential.NONE);
  }

  private Decision.Allow allowed() {
    return (Decision.Allow) gate.authorize(ToolCall.of("read"));
  }

  private Awaited call(JsonValue id) {
    Decision.Allow decision = allowed();
    return new Awaited() {
      @Override
      public JsonValue rpcId() {
        return id;
      }

      @Override
      public byte[] answered(UpstreamResult result) {
        throw new AssertionError("whoever takes it from the store answers");
      }

      @Override
      public byte[] plain(UpstreamResult result) {
        return answered(result);
      }

      @Override
      public Decision.Allow decision() {
        return decision;
      }

      @Override
      public void abandoned() {
        throw new AssertionError("it was handed over");
      }
    };
  }

  private List<AuditEvent> outcomes() {
    return gate.audit().query(AuditQuery.builder().limit(100).build()).events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.phase() == AuditPhase.OUTCOME)
        .toList();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void a_call_nobody_answers_in_time_has_one_outcome_whichever_gate_looks() {
    now(calls.keep(call(SEVEN), session));
    OpenCalls another = new OpenCalls(gate, store);
    Instant kept = store.all().get(0).since();

    another.expire(kept.plus(OpenCalls.KEPT));
    assertThat(outcomes()).as("not yet").isEmpty();
    another.expire(kept.plus(OpenCalls.KEPT).plus(Duration.ofSeconds(1)));
    calls.expire(kept.plus(OpenCalls.KEPT).plus(Duration.ofSeconds(1)));

    assertThat(outcomes()).hasSize(1);
    assertThat(outcomes().get(0).decision()).isEqualTo(AuditDecision.BLOCK);
    assertThat(outcomes().get(0).reason()).isEqualTo("upstream timeout");
    assertThat(now(another.take(session, SEVEN, new byte[0]))).isEmpty();
  }

  @Test
  void the_end_of_a_session_is_the_end_of_its_calls() {
    now(calls.keep(call(SEVEN), session));
    calls.end(session("sealed-two"));
    assertThat(outcomes()).isEmpty();
    calls.end(session);
    assertThat(outcomes()).hasSize(1);
  }

  @Test
  void an_id_of_any_length_is_known_and_a_number_is_no_text() {
    JsonValue text = JsonString.of("7");
    JsonValue endless = JsonString.of("ü".repeat(100_000));
    for (JsonValue id : List.of(SEVEN, text, endless)) {
      now(calls.keep(call(id), session));
    }
    assertThat(store.all())
        .extracting(OpenCall::key)
        .allSatisfy(key -> assertThat(key.rpcId().length()).isLessThan(80))
        .allSatisfy(key -> assertThat(key.session().session()).doesNotContain("sealed"));
    for (JsonValue id : List.of(endless, SEVEN, text)) {
      Optional<Awaited> taken = now(calls.take(session, id, new byte[0]));
      assertThat(taken.map(Awaited::rpcId)).contains(id);
    }
    assertThat(store.all()).isEmpty();
  }

  @Test
  void an_answer_that_comes_before_its_call_is_handed_over_is_the_calls_all_the_same() {
    Resumption resumed = new Resumption(calls, new OpenStreams(0));
    var taken = resumed.take(session, SEVEN, new byte[0]).toCompletableFuture();
    assertThat(taken).as("looked for once, and still").isNotDone();

    now(calls.keep(call(SEVEN), session));

    assertThat(taken.join().map(Awaited::rpcId)).contains(SEVEN);
    assertThat(store.all()).isEmpty();
  }

  @Test
  void a_store_that_is_away_fails_and_takes_nothing() {
    OpenCallStore away =
        new OpenCallStore() {
          @Override
          public CompletionStage<List<OpenCall>> keep(OpenCall call) {
            return failed();
          }

          @Override
          public CompletionStage<Optional<OpenCall>> take(OpenCall.Key key) {
            return failed();
          }

          @Override
          public CompletionStage<List<OpenCall>> takeAll(OpenCall.Session of) {
            return failed();
          }

          @Override
          public CompletionStage<List<OpenCall>> takeOlder(Instant than, int limit) {
            return failed();
          }

          private <T> CompletionStage<T> failed() {
            return CompletableFuture.failedFuture(new StoreUnavailableException("away"));
          }
        };
    OpenCalls without = new OpenCalls(gate, away);
    assertThat(without.keep(call(SEVEN), session).toCompletableFuture()).isCompletedExceptionally();
    assertThat(without.take(session, SEVEN, new byte[0]).toCompletableFuture())
        .isCompletedExceptionally();
    without.end(session);
    without.expire();
    without.expire();
    assertThat(outcomes()).isEmpty();
  }
}
