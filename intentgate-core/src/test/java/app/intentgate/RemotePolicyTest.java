package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.ApprovalDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.check.DenialCode;
import app.intentgate.json.JsonReader;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyException;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RemotePolicyTest {
  private final RemotePolicy policy = new RemotePolicy();
  private final IntentGate gate = IntentGate.builder().policy(policy).build();
  private final CapabilityToken token = gate.mint(Grant.to("bot").tools("pay"));
  private final ToolCall call = ToolCall.of("pay", Map.of("id", 7)).bearer(token);

  private static PolicyDecision decision(String json, String revision) {
    return PolicyDecision.of(JsonReader.parse(json)).by(new PolicyBundle("authz", revision));
  }

  private static Decision get(CompletableFuture<Decision> decision) throws Exception {
    return decision.get(10, TimeUnit.SECONDS);
  }

  private AuditEvent lastEvent() {
    return gate.audit().query(AuditQuery.builder().build()).events().get(0).event();
  }

  @Test
  void a_call_waits_for_a_policy_elsewhere_without_a_thread() throws Exception {
    CompletableFuture<Decision> decision = gate.authorizeAsync(call).toCompletableFuture();
    assertThat(decision).isNotDone();
    policy.answer.complete(decision("{\"allow\": true, \"reason\": \"fine\"}", "r7"));
    assertThat(get(decision).allowed()).isTrue();
    assertThat(lastEvent().bundleId()).isEqualTo("authz");
    assertThat(lastEvent().bundleDigest()).isEqualTo("r7");
    assertThat(lastEvent().reason()).isEqualTo("fine");
  }

  @Test
  void a_policy_elsewhere_that_fails_refuses_with_its_own_words_only() throws Exception {
    CompletableFuture<Decision> decision = gate.authorizeAsync(call).toCompletableFuture();
    policy.answer.completeExceptionally(new PolicyException("policy: no answer in time"));
    Decision.Deny deny = (Decision.Deny) get(decision);
    assertThat(deny.refusal().code()).isEqualTo(DenialCode.POLICY);
    assertThat(deny.reason()).isEqualTo("policy: no answer in time");
  }

  @Test
  void what_is_no_word_of_the_engine_is_not_shown_to_the_agent() throws Exception {
    CompletableFuture<Decision> decision = gate.authorizeAsync(call).toCompletableFuture();
    policy.answer.completeExceptionally(new IllegalStateException("10.0.0.7 refused"));
    assertThat(((Decision.Deny) get(decision)).reason()).isEqualTo("policy: no decision");
  }

  @Test
  void an_approval_does_not_outlive_the_bundle_that_asked_for_it_B14() throws Exception {
    MemoryApprovalStore approvals = new MemoryApprovalStore();
    RemotePolicy first = new RemotePolicy();
    first.answer.complete(decision("{\"allow\": false, \"escalate\": true}", "r1"));
    RemotePolicy second = new RemotePolicy();
    second.answer.complete(decision("{\"allow\": false, \"escalate\": true}", "r2"));
    IntentGate asking = IntentGate.builder().policy(first).approvals(approvals).build();
    CapabilityToken bearer = asking.mint(Grant.to("bot").tools("pay"));
    ToolCall pay = ToolCall.of("pay", Map.of("id", 7)).bearer(bearer);
    Decision.Escalate waiting = (Decision.Escalate) asking.authorize(pay);
    String id = waiting.pendingId();
    ApprovalDecision yes = new ApprovalDecision(true, "superadmin", "", "", asking.now());
    approvals.decide(id, null, yes).toCompletableFuture().join();
    asking.policies().swap("", second);
    Decision again = asking.authorize(pay.resuming(id));
    assertThat(again).isInstanceOf(Decision.Escalate.class);
    assertThat(((Decision.Escalate) again).pendingId()).isNotEqualTo(id);
  }
}
