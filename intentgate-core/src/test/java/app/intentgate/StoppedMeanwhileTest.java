package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.check.DenialCode;
import app.intentgate.intent.Intent;
import app.intentgate.json.JsonReader;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.operator.Operator;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What stops calls also stops one that waits for its intent or its policy at the time. */
class StoppedMeanwhileTest {
  private final SetClock clock = new SetClock();
  private final CompletableFuture<Intent> intent = new CompletableFuture<>();
  private final RemotePolicy remote = new RemotePolicy();

  private IntentGateBuilder builder() {
    return IntentGate.builder().clock(clock);
  }

  /** A gate whose extractor answers when the test wants it to. */
  private IntentGate asking(IntentGateBuilder builder) {
    return builder.intentExtractor(request -> intent).build();
  }

  private static ToolCall pay(CapabilityToken token) {
    return ToolCall.of("pay", Map.of("id", 7)).bearer(token).prompt("pay it");
  }

  private static CompletableFuture<Decision> judged(IntentGate gate, ToolCall call) {
    return gate.authorizeAsync(call).toCompletableFuture();
  }

  private void understood() {
    intent.complete(Intent.of("pay", List.of("pay"), List.of(), 1));
  }

  private void engage(IntentGate gate) {
    gate.engageKillSwitch(
            new KillSwitchEntry(Scope.GLOBAL, "", "", "incident", clock.now, "superadmin"),
            Operator.EMBEDDER)
        .toCompletableFuture()
        .join();
  }

  private static Decision.Deny denied(CompletableFuture<Decision> decision) throws Exception {
    Decision made = decision.get(20, TimeUnit.SECONDS);
    assertThat(made).isInstanceOf(Decision.Deny.class);
    assertThat(((Decision.Deny) made).refusal().code()).isEqualTo(DenialCode.CAPABILITY);
    return (Decision.Deny) made;
  }

  private static AuditEvent lastEvent(IntentGate gate) {
    return gate.audit().query(AuditQuery.builder().build()).events().get(0).event();
  }

  @Test
  void a_kill_switch_engaged_while_the_extractor_is_asked_stops_the_call() throws Exception {
    IntentGate gate = asking(builder().policy(FixedPolicy.allowing()));
    CapabilityToken token = gate.mint(Grant.to("bot").maxCalls(1));
    CompletableFuture<Decision> decision = judged(gate, pay(token));
    engage(gate);
    understood();
    assertThat(denied(decision).reason()).isEqualTo("halted by kill switch (global)");
    assertThat(lastEvent(gate).decision()).isEqualTo(AuditDecision.BLOCK);
    assertThat(lastEvent(gate).check()).isEqualTo("capability");
    gate.killSwitches().release(Scope.GLOBAL, "", "").toCompletableFuture().join();
    assertThat(gate.authorize(pay(token)).allowed()).as("nothing was charged").isTrue();
  }

  @Test
  void a_token_revoked_or_expired_while_the_extractor_is_asked_stops_the_call() throws Exception {
    IntentGate gate = asking(builder().policy(FixedPolicy.allowing()));
    CapabilityToken lost = gate.mint(Grant.to("bot"));
    CapabilityToken brief = gate.mint(Grant.to("bot").expiresIn(Duration.ofSeconds(5)));
    CompletableFuture<Decision> first = judged(gate, pay(lost));
    CompletableFuture<Decision> second = judged(gate, pay(brief));
    gate.revoke(lost.id(), "stolen");
    clock.now = clock.now.plusSeconds(5);
    understood();
    assertThat(denied(first).reason()).isEqualTo("token revoked");
    assertThat(denied(second).reason()).contains("expired");
  }

  @Test
  void a_kill_switch_engaged_while_a_policy_elsewhere_decides_stops_the_call() throws Exception {
    IntentGate gate = builder().policy(remote).build();
    CompletableFuture<Decision> decision = judged(gate, pay(gate.mint(Grant.to("bot"))));
    engage(gate);
    remote.answer.complete(PolicyDecision.of(JsonReader.parse("{\"allow\": true}")));
    assertThat(denied(decision).reason()).isEqualTo("halted by kill switch (global)");
  }

  @Test
  void a_call_stopped_meanwhile_asks_no_human_and_uses_no_approval() throws Exception {
    FixedPolicy escalates = new FixedPolicy("{\"allow\": false, \"escalate\": true}");
    IntentGate gate = asking(builder().policy(escalates));
    CapabilityToken token = gate.mint(Grant.to("bot"));
    ToolCall call = pay(token).prompt("");
    String id = ((Decision.Escalate) gate.authorize(call)).pendingId();
    gate.approvalActions().decide(id, true, "", Operator.EMBEDDER, Set.of());
    CompletableFuture<Decision> approved = judged(gate, pay(token).resuming(id));
    CompletableFuture<Decision> other =
        judged(gate, ToolCall.of("pay", Map.of("id", 8)).bearer(token).prompt("pay it"));
    engage(gate);
    understood();
    denied(approved);
    denied(other);
    assertThat(gate.approvals().list(ApprovalQuery.newest(10)))
        .singleElement()
        .satisfies(row -> assertThat(row.uses()).isZero());
  }

  @Test
  void a_kill_switch_engaged_while_the_approval_is_looked_up_stops_the_call() throws Exception {
    MemoryApprovalStore rows = new MemoryApprovalStore();
    CompletableFuture<Void> found = new CompletableFuture<>();
    ApprovalStore slow =
        (ApprovalStore)
            Proxy.newProxyInstance(
                ApprovalStore.class.getClassLoader(),
                new Class<?>[] {ApprovalStore.class},
                (proxy, method, arguments) ->
                    method.getName().equals("use")
                        ? found.thenCompose(
                            go -> rows.use((String) arguments[0], (String) arguments[1], clock.now))
                        : method.invoke(rows, arguments));
    FixedPolicy escalates = new FixedPolicy("{\"allow\": false, \"escalate\": true}");
    IntentGate gate = builder().policy(escalates).approvals(slow).build();
    CapabilityToken token = gate.mint(Grant.to("bot"));
    gate.authorize(pay(token));
    Approval row = rows.list(ApprovalQuery.newest(1)).get(0);
    gate.approvalActions().decide(row.id(), true, "", Operator.EMBEDDER, Set.of());
    CompletableFuture<Decision> decision = judged(gate, pay(token));
    engage(gate);
    found.complete(null);
    assertThat(denied(decision).reason()).isEqualTo("halted by kill switch (global)");
  }

  @Test
  void a_gate_that_only_observes_stops_what_was_halted_meanwhile() throws Exception {
    IntentGate gate = asking(builder().policy(FixedPolicy.allowing()).onlyObserve(true));
    CapabilityToken token = gate.mint(Grant.to("bot"));
    CompletableFuture<Decision> allowed = judged(gate, pay(token));
    CompletableFuture<Decision> refused =
        judged(gate, ToolCall.of("drop").bearer(token).prompt("pay it"));
    engage(gate);
    understood();
    denied(allowed);
    assertThat(refused.get(20, TimeUnit.SECONDS).allowed()).isFalse();
  }

  @Test
  void a_call_that_waits_for_nothing_is_looked_at_once() {
    AtomicInteger looks = new AtomicInteger();
    IntentGate gate =
        asking(
            builder()
                .policy(FixedPolicy.allowing())
                .risks(
                    (tenant, agent) -> {
                      looks.incrementAndGet();
                      return OptionalInt.empty();
                    }));
    understood();
    assertThat(gate.authorize(pay(gate.mint(Grant.to("bot")))).allowed()).isTrue();
    assertThat(looks).hasValue(1);
  }
}
