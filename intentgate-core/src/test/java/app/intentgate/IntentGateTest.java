package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.check.Credential;
import app.intentgate.check.DenialCode;
import app.intentgate.intent.Intent;
import app.intentgate.json.JsonReader;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.operator.Operator;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.MasterKey;
import app.intentgate.token.TokenVerifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IntentGateTest {
  private final FixedPolicy policy = FixedPolicy.allowing();
  private final IntentGate gate = IntentGate.builder().policy(policy).build();

  private static ToolCall read(CapabilityToken token) {
    return ToolCall.of("read_invoice", Map.of("id", 7)).bearer(token);
  }

  private CapabilityToken token() {
    return gate.mint(Grant.to("bot").tenant("acme").tools("read_*"));
  }

  private static Decision.Deny denied(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Deny.class);
    return (Decision.Deny) decision;
  }

  private static List<StoredEvent> events(IntentGate gate) {
    return gate.audit().query(AuditQuery.builder().build()).events();
  }

  @Test
  void a_covered_call_is_allowed_with_the_rules_reason() {
    Decision decision = gate.authorize(read(token()));
    assertThat(decision.allowed()).isTrue();
    assertThat(decision.reason()).isEqualTo("fine");
    assertThat(decision.policySha256()).isEqualTo(FixedPolicy.SHA256);
    assertThat(decision.callId()).hasSize(22);
  }

  @Test
  void without_a_token_nothing_is_allowed() {
    Decision.Deny decision = denied(gate.authorize(ToolCall.of("read_invoice")));
    assertThat(decision.refusal().code()).isEqualTo(DenialCode.CAPABILITY);
    assertThat(decision.refusal().authentication()).isTrue();
    assertThat(policy.inputs).isEmpty();
  }

  @Test
  void a_tool_the_token_lacks_is_refused_by_the_capability_check() {
    Decision.Deny decision = denied(gate.authorize(ToolCall.of("pay").bearer(token())));
    assertThat(decision.code()).isEqualTo(-32010);
    assertThat(decision.message()).isEqualTo("capability check failed");
    assertThat(decision.reason())
        .isEqualTo("caveat 1 (tool_allow): tool \"pay\" not in allowed set");
    assertThat(decision.refusal().authentication()).isFalse();
  }

  @Test
  void a_revoked_token_and_its_children_are_refused() {
    CapabilityToken token = token();
    CapabilityToken child = token.attenuate(new Caveat.MaxCalls(5));
    gate.revoke(token.id(), "lost");
    assertThat(denied(gate.authorize(read(token))).reason()).isEqualTo("token revoked");
    assertThat(denied(gate.authorize(read(child))).reason()).isEqualTo("token revoked");
  }

  @Test
  void a_child_can_be_revoked_by_itself_B11() {
    CapabilityToken token = token();
    CapabilityToken child = token.attenuate(new Caveat.MaxCalls(5));
    CapabilityToken grandchild = child.attenuate(new Caveat.MaxCalls(4));
    gate.revoke(child.chainId(), "");
    assertThat(denied(gate.authorize(read(child))).reason()).isEqualTo("token revoked");
    assertThat(denied(gate.authorize(read(grandchild))).reason()).isEqualTo("token revoked");
    assertThat(gate.authorize(read(token)).allowed()).isTrue();
  }

  @Test
  void a_kill_switch_stops_calls_and_anonymous_ones_too_B13_B45() {
    IntentGate open = IntentGate.builder().policy(policy).requireToken(false).build();
    assertThat(open.authorize(ToolCall.of("read_a")).allowed()).isTrue();
    open.killSwitches()
        .engage(new KillSwitchEntry(Scope.GLOBAL, "", "", "incident", Instant.EPOCH, ""));
    Decision.Deny decision = denied(open.authorize(ToolCall.of("read_a")));
    assertThat(decision.reason()).isEqualTo("halted by kill switch (global)");
    assertThat(events(open)).hasSize(2);
  }

  @Test
  void the_users_words_must_cover_the_call() {
    IntentGate asking =
        IntentGate.builder()
            .policy(policy)
            .intentExtractor(
                request ->
                    CompletableFuture.completedFuture(
                        Intent.of("look", List.of("read_invoice"), List.of(), 0.9)))
            .requireIntent(true)
            .build();
    CapabilityToken token = asking.mint(Grant.to("bot"));
    assertThat(asking.authorize(read(token).prompt("look at 7")).allowed()).isTrue();
    Decision.Deny other =
        denied(asking.authorize(ToolCall.of("pay").bearer(token).prompt("look at 7")));
    assertThat(other.code()).isEqualTo(-32011);
    assertThat(other.reason()).isEqualTo("tool not in intent.allowed_tools");
    assertThat(denied(asking.authorize(read(token))).reason())
        .isEqualTo("intent prompt required (INTENTGATE_REQUIRE_INTENT=true)");
  }

  @Test
  void an_empty_intent_denies_B39() {
    IntentGate asking =
        IntentGate.builder()
            .policy(policy)
            .intentExtractor(
                request ->
                    CompletableFuture.completedFuture(Intent.of("", List.of(), List.of(), 1)))
            .build();
    CapabilityToken token = asking.mint(Grant.to("bot"));
    assertThat(denied(asking.authorize(read(token).prompt("hello"))).code()).isEqualTo(-32011);
  }

  @Test
  void an_extractor_that_breaks_denies_without_saying_how_B5() {
    IntentGate asking =
        IntentGate.builder()
            .policy(policy)
            .intentExtractor(
                request -> {
                  throw new IllegalStateException("http://10.0.0.1 refused");
                })
            .build();
    CapabilityToken token = asking.mint(Grant.to("bot"));
    assertThat(denied(asking.authorize(read(token).prompt("hello"))).reason())
        .isEqualTo("extractor failed");
  }

  @Test
  void a_policy_that_breaks_denies_with_its_error() {
    IntentGate broken = IntentGate.builder().policy(new FixedPolicy("")).build();
    CapabilityToken token = broken.mint(Grant.to("bot"));
    assertThat(denied(broken.authorize(read(token))).reason()).isEqualTo("policy: eval: it broke");
  }

  @Test
  void the_policy_sees_the_contracts_document() {
    CapabilityToken token = gate.mint(Grant.to("bot").tenant("acme").zone("finance").stepUp());
    gate.authorize(
        ToolCall.of("read_invoice", Map.of("n", JsonReader.parse("1.10")))
            .bearer(token)
            .session("s-1"));
    assertThat(policy.inputs.get(0).toString())
        .startsWith(
            "{\"tool\":\"read_invoice\",\"args\":{\"n\":1.10},\"agent_id\":\"bot\","
                + "\"session_id\":\"s-1\",\"capability\":{\"subject\":\"bot\",\"tenant\":\"acme\","
                + "\"zone\":\"finance\",\"step_up_at\":");
  }

  @Test
  void a_step_up_a_holder_appended_counts_for_nothing_B9() {
    CapabilityToken token = token().attenuate(new Caveat.StepUp(1_700_000_000, ""));
    gate.authorize(read(token));
    assertThat(policy.inputs.get(0).toString()).doesNotContain("step_up_at");
  }

  @Test
  void max_calls_is_counted_and_a_refused_call_is_free() {
    CapabilityToken token = gate.mint(Grant.to("bot").tools("read_*").maxCalls(2));
    gate.authorize(ToolCall.of("pay").bearer(token));
    assertThat(gate.authorize(read(token)).allowed()).isTrue();
    assertThat(gate.authorize(read(token)).allowed()).isTrue();
    assertThat(denied(gate.authorize(read(token))).reason())
        .isEqualTo("max_calls exceeded (3 > 2)");
  }

  @Test
  void a_child_counts_by_itself_and_for_its_root_B11() {
    CapabilityToken root = gate.mint(Grant.to("bot").maxCalls(2));
    CapabilityToken child = root.attenuate(new Caveat.MaxCalls(1));
    assertThat(gate.authorize(read(child)).allowed()).isTrue();
    assertThat(gate.authorize(read(child)).allowed()).isFalse();
    assertThat(gate.authorize(read(root)).allowed()).isTrue();
    assertThat(gate.authorize(read(root)).allowed()).isFalse();
  }

  @Test
  void a_cost_limit_needs_a_known_cost_B8() {
    CapabilityToken token = gate.mint(Grant.to("bot").maxCents(100));
    assertThat(denied(gate.authorize(read(token))).reason())
        .contains("cost of tool \"read_invoice\" is not known");
    IntentGate priced =
        IntentGate.builder()
            .policy(new FixedPolicy("{\"allow\": true, \"cost_cents\": 60}"))
            .build();
    CapabilityToken other = priced.mint(Grant.to("bot").maxCents(100));
    assertThat(priced.authorize(read(other)).allowed()).isTrue();
    assertThat(denied(priced.authorize(read(other))).reason())
        .isEqualTo("max_cost exceeded (120 > 100 cents)");
  }

  @Test
  void a_risk_ceiling_needs_a_known_risk_B8() {
    CapabilityToken token = gate.mint(Grant.to("bot").riskMax(50));
    assertThat(denied(gate.authorize(read(token))).code()).isEqualTo(-32010);
    IntentGate scored =
        IntentGate.builder().policy(policy).risks((t, a) -> java.util.OptionalInt.of(70)).build();
    CapabilityToken risky = scored.mint(Grant.to("bot").riskMax(50));
    assertThat(denied(scored.authorize(read(risky))).reason())
        .endsWith("caller risk 70 exceeds token ceiling 50");
  }

  @Test
  void every_decision_is_on_the_chain_with_its_policy_B25_B26() {
    CapabilityToken token = token();
    gate.authorize(read(token));
    gate.authorize(ToolCall.of("pay").bearer(token));
    assertThat(events(gate)).hasSize(3);
    assertThat(gate.audit().verify("acme", null, null).ok()).isTrue();
    assertThat(events(gate).get(1).event().policySha256()).isEqualTo(FixedPolicy.SHA256);
    assertThat(events(gate).get(1).event().reason()).isEqualTo("fine");
  }

  @Test
  void an_allowed_call_reports_its_outcome_under_the_same_call_id() {
    Decision decision = gate.authorize(read(token()));
    int result = decision.ifAllowed(() -> 42).orElseThrow();
    assertThat(result).isEqualTo(42);
    StoredEvent outcome = events(gate).get(0);
    assertThat(outcome.event().callId()).isEqualTo(decision.callId());
    assertThat(outcome.event().check()).isEqualTo("upstream");
  }

  @Test
  void a_tool_that_fails_is_an_outcome_too_B55() {
    Decision decision = gate.authorize(read(token()));
    assertThatThrownBy(
            () ->
                decision.ifAllowed(
                    () -> {
                      throw new java.io.IOException("disk");
                    }))
        .isInstanceOf(ToolFailedException.class);
    assertThat(events(gate).get(0).event().reason()).isEqualTo("IOException");
  }

  @Test
  void a_tool_that_ends_in_an_error_is_an_outcome_too_B55() {
    Decision decision = gate.authorize(read(token()));
    assertThatThrownBy(
            () ->
                decision.ifAllowed(
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(events(gate).get(0).event().reason()).isEqualTo("StackOverflowError");
  }

  @Test
  void an_interrupt_of_a_tool_is_not_lost() {
    Decision decision = gate.authorize(read(token()));
    assertThatThrownBy(
            () ->
                decision.ifAllowed(
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(ToolFailedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(events(gate).get(0).event().reason()).isEqualTo("InterruptedException");
  }

  @Test
  void a_token_with_several_expiries_ends_with_the_first() {
    Instant first = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    Grant grant =
        Grant.to("bot")
            .expiresIn(Duration.ofHours(1))
            .caveat(new Caveat.Expiry(first.getEpochSecond()));
    MintedToken minted = gate.mint(grant, Operator.EMBEDDER).toCompletableFuture().join();
    assertThat(minted.expiresAt()).isEqualTo(first);
    assertThat(String.valueOf(events(gate).get(0).event().argValues())).contains(first.toString());
  }

  @Test
  void a_new_key_comes_from_the_builders_randomness() {
    SecureRandom sevens =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
          }
        };
    CapabilityToken minted = IntentGate.builder().random(sevens).build().mint(Grant.to("bot"));
    TokenVerifier verifier = TokenVerifier.of(KeyRing.of(MasterKey.generate(sevens)));
    assertThat(verifier.verify(minted).token()).isEqualTo(minted);
  }

  @Test
  void a_refused_tool_does_not_run() {
    AtomicInteger ran = new AtomicInteger();
    CallResult<?> result =
        gate.authorize(ToolCall.of("pay").bearer(token())).ifAllowed(ran::incrementAndGet);
    assertThat(ran).hasValue(0);
    assertThatThrownBy(result::orElseThrow)
        .isInstanceOf(DeniedException.class)
        .hasMessageContaining("tool \"pay\" not in allowed set");
  }

  @Test
  void a_caller_that_is_no_bearer_is_told_what_was_expected() {
    Decision.Deny decision =
        denied(
            gate.authorize(
                ToolCall.of("read_a")
                    .credential(Credential.fromAuthorization(List.of("Basic x")))));
    assertThat(decision.reason()).isEqualTo("expected \"Bearer <token>\" Authorization header");
    assertThat(
            denied(
                    gate.authorize(
                        ToolCall.of("read_a")
                            .credential(
                                Credential.fromAuthorization(List.of("Bearer a", "Bearer b")))))
                .reason())
        .isEqualTo("more than one Authorization header");
  }

  @Test
  void an_escalated_call_waits_for_a_human_and_goes_through_once_B14() {
    MemoryApprovalStore approvals = new MemoryApprovalStore();
    IntentGate careful =
        IntentGate.builder()
            .policy(
                new FixedPolicy(
                    "{\"allow\": false, \"escalate\": true, \"reason\": \"above 1000\"}"))
            .approvals(approvals)
            .build();
    CapabilityToken token = careful.mint(Grant.to("bot"));
    ToolCall pay = ToolCall.of("pay", Map.of("amount", 5000)).bearer(token);

    Decision.Escalate waiting = (Decision.Escalate) careful.authorize(pay);
    assertThat(waiting.code()).isEqualTo(-32019);
    assertThat(((Decision.Escalate) careful.authorize(pay)).pendingId())
        .as("the same call finds its own row")
        .isEqualTo(waiting.pendingId());

    approvals.decide(
        waiting.pendingId(),
        null,
        new ApprovalDecision(true, "superadmin", "pat", "", careful.now()));
    ToolCall other =
        ToolCall.of("pay", Map.of("amount", 5001)).bearer(token).resuming(waiting.pendingId());
    assertThat(denied(careful.authorize(other)).refusal().code())
        .isEqualTo(DenialCode.APPROVAL_MISMATCH);
    CapabilityToken another = careful.mint(Grant.to("bot"));
    assertThat(
            denied(careful.authorize(pay.bearer(another).resuming(waiting.pendingId())))
                .refusal()
                .code())
        .isEqualTo(DenialCode.APPROVAL_MISMATCH);

    assertThat(careful.authorize(pay.resuming(waiting.pendingId())).allowed()).isTrue();
    assertThat(denied(careful.authorize(pay.resuming(waiting.pendingId()))).refusal().code())
        .isEqualTo(DenialCode.APPROVAL_USED);
  }

  @Test
  void an_approval_does_not_outlive_a_revocation_B15() {
    MemoryApprovalStore approvals = new MemoryApprovalStore();
    IntentGate careful =
        IntentGate.builder()
            .policy(new FixedPolicy("{\"allow\": false, \"escalate\": true}"))
            .approvals(approvals)
            .build();
    CapabilityToken token = careful.mint(Grant.to("bot"));
    ToolCall pay = ToolCall.of("pay").bearer(token);
    String id = ((Decision.Escalate) careful.authorize(pay)).pendingId();
    approvals.decide(id, null, new ApprovalDecision(true, "superadmin", "", "", careful.now()));
    careful.revoke(token.id(), "");
    assertThat(denied(careful.authorize(pay.resuming(id))).reason()).isEqualTo("token revoked");
  }

  @Test
  void a_notification_that_escalates_is_refused_not_held() {
    IntentGate careful =
        IntentGate.builder()
            .policy(new FixedPolicy("{\"allow\": false, \"escalate\": true, \"reason\": \"big\"}"))
            .build();
    CapabilityToken token = careful.mint(Grant.to("bot"));
    Decision.Deny decision =
        denied(careful.authorize(ToolCall.of("pay").bearer(token).asNotification()));
    assertThat(decision.refusal().code()).isEqualTo(DenialCode.ESCALATION_REQUIRED);
    assertThat(careful.approvals().list(ApprovalQuery.newest(10))).isEmpty();
  }

  @Test
  void ten_thousand_calls_wait_without_a_thread_each() {
    List<CompletableFuture<Intent>> open = new ArrayList<>();
    IntentGate slow =
        IntentGate.builder()
            .policy(FixedPolicy.allowing())
            .intentExtractor(
                request -> {
                  CompletableFuture<Intent> f = new CompletableFuture<>();
                  open.add(f);
                  return f;
                })
            .build();
    CapabilityToken token = slow.mint(Grant.to("bot"));
    int before = Thread.activeCount();
    List<CompletableFuture<Decision>> calls = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      calls.add(slow.authorizeAsync(read(token).prompt("prompt " + i)).toCompletableFuture());
    }
    assertThat(open).hasSize(10_000);
    assertThat(Thread.activeCount() - before).isLessThan(8);
    assertThat(calls).noneMatch(CompletableFuture::isDone);
    Intent intent = Intent.of("", List.of("read_invoice"), List.of(), 1);
    open.forEach(f -> f.complete(intent));
    assertThat(calls).allMatch(f -> f.join().allowed());
  }

  @Test
  void a_call_that_names_no_proper_tool_is_no_call() {
    assertThatThrownBy(() -> ToolCall.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ToolCall.of("read_\ud800")).hasMessageContaining("valid Unicode");
    assertThatThrownBy(() -> ToolCall.of("x".repeat(1_001))).hasMessageContaining("1000");
    assertThatThrownBy(() -> ToolCall.of("t", Map.of("x", Double.NaN))).hasMessageContaining("NaN");
  }

  @Test
  void nothing_secret_is_printed() {
    String secret = token().encode();
    assertThat(ToolCall.of("read_a").bearer(secret).toString()).doesNotContain(secret);
  }
}
