package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Refusal;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an embedder plugs in may fail: the call is refused, and that is on the chain. */
class FailingCollaboratorsTest {
  private static final IllegalStateException BROKEN = new IllegalStateException("10.0.0.1 refused");

  private static IntentGateBuilder builder() {
    return IntentGate.builder().policy(FixedPolicy.allowing());
  }

  private static Decision read(IntentGate gate, Grant grant) {
    CompletableFuture<Decision> decision =
        gate.authorizeAsync(ToolCall.of("read").bearer(gate.mint(grant))).toCompletableFuture();
    return decision.join();
  }

  private static AuditEvent lastEvent(IntentGate gate) {
    return gate.audit().query(AuditQuery.builder().build()).events().get(0).event();
  }

  private static Refusal refused(IntentGate gate, Grant grant) {
    Decision decision = read(gate, grant);
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    assertThat(lastEvent(gate).callId()).isEqualTo(decision.callId());
    assertThat(lastEvent(gate).reason()).isEqualTo(decision.reason()).doesNotContain("10.0.0.1");
    return ((Decision.Deny) decision).refusal();
  }

  @Test
  void a_cost_that_nobody_can_say_is_not_passed_over_as_an_unknown_one_is() {
    IntentGate gate =
        builder()
            .ignoreUnenforceableCaveats(true)
            .costs(
                tool -> {
                  throw BROKEN;
                })
            .build();
    assertThat(refused(gate, Grant.to("bot").maxCents(100)))
        .isEqualTo(
            Refusal.of(
                DenialCode.BUDGET,
                "max_cost cannot be enforced: the cost of tool \"read\" is not known"));
    assertThat(read(gate, Grant.to("bot")).allowed()).as("without a limit").isTrue();
    IntentGate refunding = builder().costs(tool -> OptionalLong.of(-5)).build();
    assertThat(refused(refunding, Grant.to("bot").maxCents(100)).code())
        .isEqualTo(DenialCode.BUDGET);
  }

  @Test
  void a_risk_that_nobody_can_say_is_not_passed_over_as_an_unknown_one_is() {
    IntentGate gate =
        builder()
            .ignoreUnenforceableCaveats(true)
            .risks(
                (tenant, agent) -> {
                  throw BROKEN;
                })
            .build();
    Refusal refusal = refused(gate, Grant.to("bot").riskMax(50));
    assertThat(refusal.code()).isEqualTo(DenialCode.CAPABILITY);
    assertThat(refusal.reason()).endsWith("caller risk is unknown");
    assertThat(read(gate, Grant.to("bot")).allowed()).as("without a ceiling").isTrue();
  }

  @Test
  void a_tool_that_cannot_be_looked_at_is_objected_to() {
    IntentGate gate =
        builder()
            .toolGuard(
                tool -> {
                  throw BROKEN;
                })
            .build();
    assertThat(refused(gate, Grant.to("bot")).code()).isEqualTo(DenialCode.TOOL_QUARANTINED);
  }

  @Test
  void an_observer_that_throws_changes_nothing() {
    IntentGate gate =
        builder()
            .checkObserver(
                (check, verdict, nanos) -> {
                  throw BROKEN;
                })
            .build();
    assertThat(read(gate, Grant.to("bot")).allowed()).isTrue();
  }

  @Test
  void an_audit_store_that_throws_fails_the_stage_and_not_who_asks() {
    FragileAudit audit = new FragileAudit();
    IntentGate gate = builder().audit(audit.store()).build();
    CapabilityToken token = gate.mint(Grant.to("bot"));
    audit.thrown = BROKEN;
    CompletableFuture<Decision> decision =
        gate.authorizeAsync(ToolCall.of("read").bearer(token)).toCompletableFuture();
    assertThat(decision).isCompletedExceptionally();
    assertThatThrownBy(() -> gate.authorize(ToolCall.of("read").bearer(token))).isSameAs(BROKEN);
  }
}
