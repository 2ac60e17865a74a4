package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Patience;
import app.intentgate.operator.Operator;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that is held until a human decides, and is judged again then (B15, B16). */
@Timeout(60)
class ApprovalHoldTest {
  private static final String ESCALATES =
      "{\"allow\": false, \"escalate\": true, \"reason\": \"above 1000\"}";
  private static final Operator PAT = new Operator("operator:7", "", "pat", "", "");

  private final SetClock clock = new SetClock();
  private final ActivePolicies policies = new ActivePolicies(policy(ESCALATES, "a"));
  private final Queue<Runnable> later = new ArrayDeque<>();
  private IntentGate gate = gate(Runnable::run, Duration.ofMinutes(5));
  private final CapabilityToken token = gate.mint(Grant.to("bot").tenant("acme"));

  private IntentGate gate(Executor executor, Duration window) {
    return IntentGate.builder()
        .policies(policies)
        .clock(clock)
        .executor(executor)
        .approvalWindow(window)
        .keys(KEYS)
        .build();
  }

  private static final KeyRing KEYS = KeyRing.generate();

  private static FixedPolicy policy(String decision, String sha256) {
    return new FixedPolicy(decision, sha256.repeat(64).substring(0, 64));
  }

  @AfterEach
  void close() {
    gate.close();
  }

  private ToolCall pay(long amount) {
    return ToolCall.of("pay", Map.of("amount", amount)).bearer(token);
  }

  private CompletableFuture<Decision> hold(ToolCall call) {
    return hold(call, Patience.of(Duration.ofMinutes(1)));
  }

  private CompletableFuture<Decision> hold(ToolCall call, Patience patience) {
    return gate.authorizeAsync(call, patience).toCompletableFuture();
  }

  private Approval row() {
    return gate.approvals().list(ApprovalQuery.newest(1)).get(0);
  }

  private ApprovalActions.Result decide(boolean approved) {
    return gate.approvalActions()
        .decide(row().id(), approved, "looked at", PAT, Set.of("pat"))
        .toCompletableFuture()
        .join();
  }

  private static Decision soon(CompletableFuture<Decision> held)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    return held.get(20, TimeUnit.SECONDS);
  }

  private static Decision.Deny denied(CompletableFuture<Decision> held) throws Exception {
    assertThat(soon(held)).isInstanceOf(Decision.Deny.class);
    return (Decision.Deny) soon(held);
  }

  private List<AuditEvent> events() {
    List<AuditEvent> out = new ArrayList<>();
    for (StoredEvent event : gate.audit().query(AuditQuery.builder().build()).events()) {
      out.add(0, event.event());
    }
    return out;
  }

  @Test
  void an_approved_call_goes_on_and_both_its_events_are_on_the_chain() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    assertThat(held).isNotDone();
    assertThat(gate.heldCalls()).isEqualTo(1);
    decide(true);
    assertThat(soon(held).allowed()).isTrue();
    assertThat(gate.heldCalls()).isZero();
    List<AuditEvent> ofCall =
        events().stream().filter(e -> e.callId().equals(held.join().callId())).toList();
    assertThat(ofCall)
        .extracting(AuditEvent::decision)
        .containsExactly(AuditDecision.ESCALATE, AuditDecision.ALLOW);
    assertThat(ofCall).extracting(AuditEvent::pendingId).containsOnly(row().id());
    assertThat(ofCall.get(1).reason()).isEqualTo("approved by pat: looked at");
    assertThat(ofCall.get(1).principal()).isEqualTo("operator:7");
  }

  @Test
  void deciding_is_an_event_of_its_own_with_who_signed_in_B17() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    decide(true);
    soon(held);
    assertThat(events())
        .filteredOn(e -> e.tool().equals("admin/approvals"))
        .singleElement()
        .satisfies(e -> assertThat(e.event()).isEqualTo("intentgate.admin"))
        .satisfies(e -> assertThat(e.principal()).isEqualTo("operator:7"))
        .satisfies(e -> assertThat(e.actor()).isEqualTo("pat"))
        .satisfies(e -> assertThat(e.tenant()).isEqualTo("acme"))
        .satisfies(e -> assertThat(e.pendingId()).isEqualTo(row().id()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("approved: looked at (pay)"));
  }

  @Test
  void a_rejected_call_is_refused_in_the_words_of_the_contract() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    decide(false);
    assertThat(denied(held).refusal().code()).isEqualTo(DenialCode.APPROVAL_REJECTED);
    assertThat(denied(held).reason()).isEqualTo("rejected by pat: looked at");
  }

  @Test
  void nobody_decides_in_time() throws Exception {
    gate = gate(Runnable::run, Duration.ofMillis(120));
    CompletableFuture<Decision> held = hold(pay(5000));
    clock.now = clock.now.plusMillis(120);
    assertThat(denied(held).refusal().code()).isEqualTo(DenialCode.APPROVAL_EXPIRED);
    assertThat(denied(held).reason()).isEqualTo("approval window expired (120ms)");
  }

  @Test
  @Timeout(60)
  void a_row_that_nobody_decides_is_marked_by_the_gate_itself_unless_told_otherwise()
      throws Exception {
    CountDownLatch timeout = new CountDownLatch(1);
    try (IntentGate told =
        IntentGate.builder()
            .policies(policies)
            .clock(clock)
            .keys(KEYS)
            .expireApprovals(false)
            .build()) {
      gate.approvals().watch(onTimeout(timeout));
      assertThat(gate.authorize(pay(5000))).isInstanceOf(Decision.Escalate.class);
      assertThat(told.authorize(pay(5000))).isInstanceOf(Decision.Escalate.class);
      clock.now = clock.now.plus(Duration.ofDays(2));
      assertThat(timeout.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(row().status()).isEqualTo(Approval.Status.TIMEOUT);
      assertThat(told.approvals().list(ApprovalQuery.newest(1)).get(0).status())
          .isEqualTo(Approval.Status.PENDING);
    }
  }

  private static ApprovalListener onTimeout(CountDownLatch latch) {
    return new ApprovalListener() {
      @Override
      public void changed(Approval row) {
        if (row.status() == Approval.Status.TIMEOUT) {
          latch.countDown();
        }
      }

      @Override
      public void missed() {}
    };
  }

  @Test
  void patience_ends_and_the_call_can_be_made_again() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000), Patience.of(Duration.ofMillis(50)));
    assertThat(soon(held)).isInstanceOf(Decision.Escalate.class);
    assertThat(events()).filteredOn(e -> e.decision() == AuditDecision.ESCALATE).hasSize(1);
    decide(true);
    assertThat(gate.authorize(pay(5000)).allowed()).as("the identical call").isTrue();
    assertThat(gate.authorize(pay(5000)).allowed()).as("once").isFalse();
  }

  @Test
  void a_token_revoked_meanwhile_is_refused_and_the_approval_stays_unused_B15() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    gate.revoke(token.id(), "stolen");
    decide(true);
    assertThat(denied(held).reason()).isEqualTo("token revoked");
    assertThat(row().uses()).isZero();
  }

  @Test
  void a_token_expired_meanwhile_is_refused_B15() throws Exception {
    CapabilityToken brief = gate.mint(Grant.to("bot").expiresIn(Duration.ofSeconds(60)));
    CompletableFuture<Decision> held = hold(pay(5000).bearer(brief));
    clock.now = clock.now.plusSeconds(61);
    decide(true);
    assertThat(denied(held).refusal().code()).isEqualTo(DenialCode.CAPABILITY);
    assertThat(row().uses()).isZero();
  }

  @Test
  void an_agent_halted_meanwhile_is_refused_B15_B45() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    gate.killSwitches()
        .engage(
            new KillSwitchEntry(
                KillSwitchEntry.Scope.AGENT, "acme", "bot", "odd", clock.now, "superadmin"));
    decide(true);
    assertThat(denied(held).reason()).isEqualTo("halted by kill switch (agent)");
    assertThat(row().uses()).isZero();
  }

  @Test
  void a_limit_used_up_meanwhile_refuses_B15() throws Exception {
    CapabilityToken once = gate.mint(Grant.to("bot").maxCalls(1));
    CompletableFuture<Decision> held = hold(pay(5000).bearer(once));
    policies.swap("", policy("{\"allow\": true}", "a"));
    assertThat(gate.authorize(ToolCall.of("read").bearer(once)).allowed()).isTrue();
    policies.swap("", policy(ESCALATES, "a"));
    decide(true);
    assertThat(denied(held).refusal().code()).isEqualTo(DenialCode.BUDGET);
  }

  @Test
  void a_policy_that_denies_by_now_refuses_and_the_approval_stays_unused_B15() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    policies.swap("", policy("{\"allow\": false, \"reason\": \"never\"}", "b"));
    decide(true);
    assertThat(denied(held).reason()).isEqualTo("never");
    assertThat(row().uses()).isZero();
  }

  @Test
  void under_another_policy_the_approval_is_void_and_the_call_is_judged_anew_B14()
      throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    String first = row().id();
    policies.swap("", policy(ESCALATES, "b"));
    decide(true);
    assertThat(held).as("it waits for an approval under the new policy").isNotDone();
    assertThat(row().id()).isNotEqualTo(first);
    assertThat(gate.approvals().find(first, null).toCompletableFuture().join().orElseThrow())
        .satisfies(row -> assertThat(row.voidReason()).isEqualTo("policy changed"))
        .satisfies(row -> assertThat(row.uses()).isZero());
    decide(true);
    assertThat(soon(held).allowed()).isTrue();
  }

  @Test
  void an_approval_under_weaker_terms_than_asked_for_now_is_void_B14() throws Exception {
    gate.authorize(pay(5000));
    String first = row().id();
    decide(true);
    policies.swap("", policy("{\"allow\": false, \"escalate\": true, \"approvals\": 2}", "a"));
    assertThat(gate.authorize(pay(5000).resuming(first))).isInstanceOf(Decision.Escalate.class);
    assertThat(row().id()).isNotEqualTo(first);
    assertThat(row().request().terms().quorum()).isEqualTo(2);
  }

  private static String actingFor(String person) throws Exception {
    byte[] claims =
        ("{\"sub\":\"bot\",\"act\":\"" + person + "\",\"exp\":4000000000}")
            .getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("obo-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(claims) + "." + base64.encodeToString(mac.doFinal(claims));
  }

  @Test
  void an_approval_is_for_the_person_the_agent_acts_for_and_not_theirs_to_give() throws Exception {
    gate =
        IntentGate.builder()
            .policies(policies)
            .clock(clock)
            .keys(KEYS)
            .onBehalfOfKey("obo-secret")
            .build();
    ToolCall forMaria = pay(5000).onBehalfOf(actingFor("maria"));
    gate.authorize(forMaria);
    String id = row().id();
    assertThat(row().binding().userSubject()).isEqualTo("maria");
    assertThat(
            gate.approvalActions()
                .decide(id, true, "", PAT, Set.of("maria"))
                .toCompletableFuture()
                .join())
        .isInstanceOf(ApprovalActions.Result.OwnCall.class);
    decide(true);
    Decision other = gate.authorize(pay(5000).onBehalfOf(actingFor("bob")).resuming(id));
    assertThat(((Decision.Deny) other).refusal().code()).isEqualTo(DenialCode.APPROVAL_MISMATCH);
    assertThat(gate.authorize(pay(5000).onBehalfOf(actingFor("bob"))))
        .isInstanceOf(Decision.Escalate.class);
    assertThat(gate.authorize(forMaria).allowed()).isTrue();
  }

  @Test
  void a_standing_grant_names_the_arguments_it_covers_also_those_that_are_absent() {
    policies.swap("", policy(standing("to"), "a"));
    gate.authorize(pay(1));
    decide(true);
    assertThat(gate.authorize(pay(2)).allowed()).as("equal in what is named").isTrue();
    policies.swap("", policy(standing("other"), "a"));
    assertThat(gate.authorize(pay(3)).allowed()).as("another name, absent too").isFalse();
  }

  private static String standing(String argument) {
    return "{\"allow\": false, \"escalate\": true, \"approval\": {\"standing\": {\"max_uses\": 9,"
        + " \"ttl_seconds\": 60, \"arguments\": [\""
        + argument
        + "\"]}}}";
  }

  @Test
  void a_call_whose_maker_left_is_not_carried_out_B16() throws Exception {
    Patience patience = Patience.of(Duration.ofMinutes(1));
    CompletableFuture<Decision> held = hold(pay(5000), patience);
    patience.leave();
    assertThat(denied(held).refusal().code()).isEqualTo(DenialCode.CLIENT_LEFT);
    decide(true);
    assertThat(row().uses()).isZero();
    assertThat(events())
        .filteredOn(e -> e.reason().equals("client left"))
        .singleElement()
        .satisfies(e -> assertThat(e.decision()).isEqualTo(AuditDecision.BLOCK))
        .satisfies(e -> assertThat(e.pendingId()).isEqualTo(row().id()));
  }

  @Test
  void a_maker_that_leaves_as_the_approval_arrives_uses_nothing_B16() throws Exception {
    gate = gate(later::add, Duration.ofMinutes(5));
    Patience patience = Patience.of(Duration.ofMinutes(1));
    CompletableFuture<Decision> held = hold(pay(5000), patience);
    decide(true);
    patience.leave();
    later.remove().run();
    assertThat(denied(held).refusal().code()).isEqualTo(DenialCode.CLIENT_LEFT);
    assertThat(row().uses()).isZero();
  }

  @Test
  void of_twenty_callers_of_the_same_call_one_goes_on() throws Exception {
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(hold(pay(5000)));
    }
    assertThat(gate.approvals().list(ApprovalQuery.newest(30))).hasSize(1);
    decide(true);
    int allowed = 0;
    for (CompletableFuture<Decision> held : all) {
      allowed += soon(held).allowed() ? 1 : 0;
    }
    assertThat(allowed).isEqualTo(1);
  }

  @Test
  void twenty_resumes_on_twenty_threads_execute_once_B14() throws Exception {
    gate.authorize(pay(5000));
    decide(true);
    String id = row().id();
    List<CompletableFuture<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(
          CompletableFuture.supplyAsync(
              () -> gate.authorize(pay(5000).resuming(id)),
              task -> new Thread(task, "resume").start()));
    }
    long allowed = 0;
    for (CompletableFuture<Decision> resumed : all) {
      Decision decision = soon(resumed);
      allowed += decision.allowed() ? 1 : 0;
      if (decision instanceof Decision.Deny deny) {
        assertThat(deny.refusal().code()).isEqualTo(DenialCode.APPROVAL_USED);
      }
    }
    assertThat(allowed).isEqualTo(1);
  }

  @Test
  void a_gate_that_stops_hands_back_what_it_holds_B43() throws Exception {
    CompletableFuture<Decision> held = hold(pay(5000));
    gate.handBackHeldCalls();
    assertThat(soon(held)).isInstanceOf(Decision.Escalate.class);
    assertThat(soon(hold(pay(6000)))).as("and holds no more").isInstanceOf(Decision.Escalate.class);
  }
}
