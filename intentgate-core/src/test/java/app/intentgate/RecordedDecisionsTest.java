package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.intentgate.ApprovalActions.Result;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.operator.Operator;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A human's act that could not be recorded is recorded when it is tried again (B17). */
class RecordedDecisionsTest {
  private static final Operator PAT = new Operator("operator:7", "", "pat", "", "");
  private static final Operator SAM = new Operator("operator:8", "", "sam", "", "");

  private final SetClock clock = new SetClock();
  private final FragileAudit audit = new FragileAudit();

  private IntentGate gate(String approval) {
    return IntentGate.builder()
        .policy(
            new FixedPolicy(
                "{\"allow\": false, \"escalate\": true, \"approval\": " + approval + "}"))
        .audit(audit.store())
        .clock(clock)
        .build();
  }

  private static String pending(IntentGate gate) {
    CapabilityToken token = gate.mint(Grant.to("bot"));
    ToolCall pay = ToolCall.of("pay", Map.of("n", 1)).bearer(token);
    return ((Decision.Escalate) gate.authorize(pay)).pendingId();
  }

  private static Result decide(IntentGate gate, String id, boolean approved, Operator operator) {
    return now(gate.approvalActions().decide(id, approved, "fine", operator, Set.of()));
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static List<AuditEvent> decisions(IntentGate gate) {
    return gate
        .audit()
        .query(AuditQuery.builder().tool("admin/approvals").oldestFirst().build())
        .events()
        .stream()
        .map(StoredEvent::event)
        .toList();
  }

  @Test
  void a_vote_that_counted_and_was_not_recorded_is_when_it_is_cast_again() {
    IntentGate gate = gate("{}");
    String id = pending(gate);
    audit.away = true;
    assertThatThrownBy(() -> decide(gate, id, true, PAT)).hasCauseInstanceOf(AuditException.class);
    clock.now = clock.now.plusSeconds(3);
    assertThatThrownBy(() -> decide(gate, id, true, PAT))
        .as("and it is not settled as long as it is not recorded")
        .hasCauseInstanceOf(AuditException.class);
    audit.away = false;
    for (int i = 0; i < 3; i++) {
      assertThat(decide(gate, id, true, PAT)).isInstanceOf(Result.Conflict.class);
    }
    assertThat(decisions(gate))
        .as("once")
        .singleElement()
        .satisfies(e -> assertThat(e.decision()).isEqualTo(AuditDecision.ALLOW))
        .satisfies(e -> assertThat(e.principal()).isEqualTo("operator:7"))
        .satisfies(
            e -> assertThat(e.reason()).isEqualTo("approved at 2026-01-01T00:00:00Z: fine (pay)"));
  }

  @Test
  void a_vote_cast_twice_at_once_is_recorded_once() {
    IntentGate gate = gate("{}");
    String id = pending(gate);
    audit.ready = new CompletableFuture<>();
    CompletableFuture<Result> first = cast(gate, id);
    CompletableFuture<Result> second = cast(gate, id);
    assertThat(second).as("not settled before it is recorded").isNotDone();
    audit.ready.complete(null);

    assertThat(first.join()).isInstanceOf(Result.Counted.class);
    assertThat(second.join()).isInstanceOf(Result.Conflict.class);
    assertThat(decisions(gate)).hasSize(1);
  }

  @Test
  void a_vote_cast_twice_at_once_while_the_audit_store_fails_is_recorded_when_it_is_cast_again() {
    IntentGate gate = gate("{}");
    String id = pending(gate);
    audit.ready = new CompletableFuture<>();
    CompletableFuture<Result> first = cast(gate, id);
    CompletableFuture<Result> second = cast(gate, id);
    audit.away = true;
    audit.ready.complete(null);
    assertThat(first).isCompletedExceptionally();
    assertThatThrownBy(second::join).hasCauseInstanceOf(AuditException.class);

    audit.away = false;
    assertThat(decide(gate, id, true, PAT)).isInstanceOf(Result.Conflict.class);
    assertThat(decisions(gate)).hasSize(1);
  }

  private static CompletableFuture<Result> cast(IntentGate gate, String id) {
    return gate.approvalActions().decide(id, true, "fine", PAT, Set.of()).toCompletableFuture();
  }

  @Test
  void a_vote_is_recorded_by_the_gate_where_it_is_cast_again() {
    IntentGate gate = gate("{}");
    String id = pending(gate);
    audit.away = true;
    assertThatThrownBy(() -> decide(gate, id, true, PAT)).hasCauseInstanceOf(AuditException.class);
    IntentGate other = IntentGate.builder().approvals(gate.approvals()).clock(clock).build();
    assertThat(decide(other, id, true, PAT)).isInstanceOf(Result.Conflict.class);
    assertThat(decisions(other))
        .singleElement()
        .satisfies(e -> assertThat(e.principal()).isEqualTo("operator:7"));
  }

  @Test
  void a_vote_that_does_not_count_is_never_recorded_as_one_that_does() {
    IntentGate gate = gate("{\"quorum\": 2}");
    String id = pending(gate);
    decide(gate, id, true, PAT);
    assertThat(decide(gate, id, true, PAT)).isInstanceOf(Result.Conflict.class);
    assertThat(decide(gate, id, false, PAT)).isInstanceOf(Result.Conflict.class);
    decide(gate, id, false, SAM);
    assertThat(decide(gate, id, true, SAM)).isInstanceOf(Result.Conflict.class);
    assertThat(decisions(gate))
        .extracting(AuditEvent::reason)
        .containsExactly("approved, others have to agree: fine (pay)", "rejected: fine (pay)");
  }

  @Test
  void a_grant_that_was_revoked_and_not_recorded_is_when_it_is_revoked_again() {
    IntentGate gate = gate("{\"standing\": {\"max_uses\": 9, \"ttl_seconds\": 60}}");
    String id = pending(gate);
    decide(gate, id, true, PAT);
    audit.away = true;
    assertThatThrownBy(() -> now(gate.approvalActions().revokeGrant(id, PAT)))
        .hasCauseInstanceOf(AuditException.class);
    audit.away = false;
    assertThat(now(gate.approvalActions().revokeGrant(id, SAM)))
        .isInstanceOf(Result.Conflict.class);
    assertThat(now(gate.approvalActions().revokeGrant(id, PAT)))
        .isInstanceOf(Result.Conflict.class);
    assertThat(decisions(gate))
        .extracting(AuditEvent::principal, AuditEvent::reason)
        .containsExactly(
            tuple("operator:7", "approved: fine (pay)"),
            tuple("operator:7", "standing grant revoked (pay)"));
    assertThat(gate.approvals().list(ApprovalQuery.newest(1)).get(0).voidReason())
        .isEqualTo("revoked by operator:7");
  }
}
