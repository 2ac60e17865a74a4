package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.NOW;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.ToolCall;
import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.check.Caller;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Patience;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.check.Refusal;
import app.intentgate.check.run.ApprovalDesk.Finding;
import app.intentgate.check.run.ApprovalDesk.Finding.Granted;
import app.intentgate.check.run.ApprovalDesk.Finding.Refused;
import app.intentgate.check.run.ApprovalDesk.Finding.Waiting;
import app.intentgate.json.JsonReader;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.policy.PolicyDecision;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ApprovalDeskTest {
  private static final String ASKS =
      "{\"allow\": true, \"escalate\": true, \"reason\": \"above 1000\", \"requires_step_up\":"
          + " true}";
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final MemoryApprovalStore store = new MemoryApprovalStore();
  private final Caller caller = holding(grant());
  private int rows;
  private Instant time = NOW;

  private ApprovalDesk desk(ApprovalStore behind) {
    return new ApprovalDesk(
        behind, () -> "row-" + rows++, Clock.fixed(time, ZoneOffset.UTC), WINDOW);
  }

  private static PolicyVerdict verdict(String decision, String policy) {
    return new PolicyVerdict(policy, PolicyDecision.of(JsonReader.parse(decision)));
  }

  private static ToolCall pay(int amount) {
    return ToolCall.of("pay", Map.of("amount", amount));
  }

  private Finding ask(ToolCall call, String named, String decision, String policy) {
    return now(
        desk(store).ask(call, named, caller, verdict(decision, policy), "pay it", Patience.none()));
  }

  private Finding ask(ToolCall call, String named) {
    return ask(call, named, ASKS, "policy");
  }

  private static Refusal refusal(Finding finding) {
    assertThat(finding).isInstanceOf(Refused.class);
    return ((Refused) finding).refusal();
  }

  private static Refusal refusal(DenialCode code, String reason) {
    return Refusal.of(code, reason);
  }

  @Test
  void a_call_that_must_be_asked_about_waits_with_all_a_human_needs() {
    Approval row = ((Waiting) ask(pay(5000), null)).approval();
    ApprovalRequest request = row.request();
    assertThat(request.id()).isEqualTo("row-0");
    assertThat(request.intentSummary()).isEqualTo("pay it");
    assertThat(request.reason()).isEqualTo("above 1000");
    assertThat(request.requiresStepUp()).isTrue();
    assertThat(request.arguments()).isEqualTo(pay(5000).arguments());
    assertThat(request.rootTokenId()).isEqualTo(caller.rootTokenId());
    assertThat(request.createdAt()).isEqualTo(NOW);
    assertThat(request.decideBy()).isEqualTo(NOW.plus(WINDOW));
    assertThat(row.binding().agentId()).isEqualTo("bot");
    assertThat(row.binding().tool()).isEqualTo("pay");
    assertThat(row.binding().policySha256()).isEqualTo("policy");
  }

  @Test
  void the_same_call_finds_its_row_whether_it_names_it_or_not() {
    Finding first = ask(pay(5000), null);
    assertThat(ask(pay(5000), null)).isEqualTo(first);
    assertThat(ask(pay(5000), " row-0 ")).isEqualTo(first);
    assertThat(ask(pay(5000), " ")).isEqualTo(first);
    assertThat(((Waiting) ask(pay(1), null)).approval().id()).isEqualTo("row-1");
  }

  @Test
  void an_agreed_call_goes_through_once_and_its_row_says_so() {
    ask(pay(5000), null);
    now(store.decide("row-0", null, Votes.yes()));
    assertThat(((Granted) ask(pay(5000), "row-0")).approval().uses()).isEqualTo(1);
    assertThat(refusal(ask(pay(5000), "row-0")))
        .isEqualTo(refusal(DenialCode.APPROVAL_USED, "this approval was used before"));
  }

  @Test
  void an_approval_is_for_the_very_call_it_was_given_for_B14() {
    ask(pay(5000), null);
    now(store.decide("row-0", null, Votes.yes()));
    Refusal mismatch =
        refusal(DenialCode.APPROVAL_MISMATCH, "resume approval id does not match this call");
    assertThat(refusal(ask(pay(5001), "row-0"))).isEqualTo(mismatch);
    Finding another =
        now(
            desk(store)
                .ask(
                    pay(5000),
                    "row-0",
                    holding(grant()),
                    verdict(ASKS, "policy"),
                    "",
                    Patience.none()));
    assertThat(refusal(another)).isEqualTo(mismatch);
    assertThat(now(store.find("row-0", null)).orElseThrow().uses()).isZero();
  }

  @Test
  void an_id_nobody_knows_is_refused_by_name() {
    assertThat(refusal(ask(pay(1), " nope ")))
        .isEqualTo(
            refusal(DenialCode.APPROVAL_NOT_FOUND, "approval id not found or expired: nope"));
  }

  @Test
  void a_refusal_says_who_refused_and_why() {
    ask(pay(5000), null);
    now(store.decide("row-0", null, Votes.no()));
    Refused refused = (Refused) ask(pay(5000), "row-0");
    assertThat(refused.refusal())
        .isEqualTo(refusal(DenialCode.APPROVAL_REJECTED, "rejected by pat"));
    assertThat(refused.approval().id()).isEqualTo("row-0");
    assertThat(ApprovalDesk.said("approved", Votes.yes())).isEqualTo("approved by pat: looks fine");
    assertThat(ApprovalDesk.said("approved", new ApprovalDecision(true, "x", " ", " ", NOW)))
        .isEqualTo("approved by (anonymous)");
    assertThat(ApprovalDesk.said("approved", null)).isEqualTo("approved");
  }

  @Test
  void a_window_nobody_decided_in_is_over_at_its_end() {
    ask(pay(5000), null);
    time = NOW.plus(WINDOW).minusMillis(1);
    assertThat(ask(pay(5000), "row-0")).isInstanceOf(Waiting.class);
    time = NOW.plus(WINDOW);
    Refusal over = refusal(DenialCode.APPROVAL_EXPIRED, "approval window expired (5m0s)");
    assertThat(refusal(ask(pay(5000), "row-0"))).isEqualTo(over);
    now(store.expire(time));
    time = NOW;
    assertThat(refusal(ask(pay(5000), "row-0"))).as("it timed out for good").isEqualTo(over);
  }

  @Test
  void an_approval_that_was_not_used_in_time_is_over_too() {
    ask(pay(5000), null);
    now(store.decide("row-0", null, Votes.yes()));
    time = Votes.yes().at().plus(Approval.USABLE_FOR);
    assertThat(refusal(ask(pay(5000), "row-0")))
        .isEqualTo(refusal(DenialCode.APPROVAL_EXPIRED, "approval window expired (15m0s)"));
  }

  @Test
  void a_void_row_says_why_it_is() {
    ask(pay(5000), null);
    now(store.makeVoid("row-0", "acme", "withdrawn", NOW));
    assertThat(refusal(ask(pay(5000), "row-0")))
        .isEqualTo(refusal(DenialCode.APPROVAL_EXPIRED, "this approval is void: withdrawn"));
  }

  @Test
  void under_another_policy_or_other_terms_the_call_is_asked_about_anew_B14() {
    ask(pay(5000), null);
    now(store.decide("row-0", null, Votes.yes()));
    Finding newer = ask(pay(5000), "row-0", ASKS, "newer policy");
    assertThat(((Waiting) newer).approval().id()).isEqualTo("row-1");
    assertThat(now(store.find("row-0", null)).orElseThrow().voidReason())
        .isEqualTo("policy changed");
    now(store.decide("row-1", null, Votes.yes()));
    String two = "{\"allow\": true, \"escalate\": true, \"approvals\": 2}";
    Finding stricter = ask(pay(5000), null, two, "newer policy");
    assertThat(((Waiting) stricter).approval().request().terms().quorum()).isEqualTo(2);
    assertThat(now(store.find("row-1", null)).orElseThrow().voidReason())
        .isEqualTo("policy changed");
  }

  private static final String STANDING =
      "{\"allow\": true, \"escalate\": true, \"approval\": {\"standing\": "
          + "{\"max_uses\": 3, \"ttl_seconds\": 60, \"arguments\": [\"to\"]}}}";

  private static ToolCall pay(int amount, String to) {
    return ToolCall.of("pay", Map.of("amount", amount, "to", to));
  }

  @Test
  void a_standing_grant_covers_calls_that_share_the_arguments_named() {
    ask(pay(1, "maria"), null, STANDING, "policy");
    assertThat(refusal(ask(pay(2, "maria"), "row-0", STANDING, "policy")).code())
        .as("not while it waits")
        .isEqualTo(DenialCode.APPROVAL_MISMATCH);
    now(store.decide("row-0", null, Votes.yes()));
    assertThat(ask(pay(2, "maria"), "row-0", STANDING, "policy")).isInstanceOf(Granted.class);
    assertThat(ask(pay(3, "maria"), null, STANDING, "policy")).isInstanceOf(Granted.class);
    assertThat(refusal(ask(pay(1, "pat"), "row-0", STANDING, "policy")).code())
        .isEqualTo(DenialCode.APPROVAL_MISMATCH);
  }

  @Test
  void a_standing_grant_that_names_no_arguments_is_for_the_same_ones() {
    String bare = STANDING.replace(", \"arguments\": [\"to\"]", "");
    ask(pay(1, "maria"), null, bare, "policy");
    now(store.decide("row-0", null, Votes.yes()));
    assertThat(ask(pay(1, "maria"), "row-0", bare, "policy")).isInstanceOf(Granted.class);
    assertThat(ask(pay(1, "maria"), null, bare, "policy")).isInstanceOf(Granted.class);
    assertThat(refusal(ask(pay(2, "maria"), "row-0", bare, "policy")).code())
        .isEqualTo(DenialCode.APPROVAL_MISMATCH);
  }

  @Test
  void an_argument_that_is_absent_is_not_one_that_is_an_empty_list() {
    ask(ToolCall.of("pay", Map.of("amount", 1)), null, STANDING, "policy");
    now(store.decide("row-0", null, Votes.yes()));
    ToolCall empty = ToolCall.of("pay", Map.of("amount", 1, "to", List.of()));
    assertThat(refusal(ask(empty, "row-0", STANDING, "policy")).code())
        .isEqualTo(DenialCode.APPROVAL_MISMATCH);
    assertThat(ask(ToolCall.of("pay"), "row-0", STANDING, "policy")).isInstanceOf(Granted.class);
  }

  @Test
  void a_caller_without_a_token_gets_no_standing_grant() {
    Finding finding =
        now(
            desk(store)
                .ask(
                    pay(1, "maria"),
                    null,
                    Caller.ANONYMOUS,
                    verdict(STANDING, "policy"),
                    "",
                    Patience.none()));
    Approval row = ((Waiting) finding).approval();
    assertThat(row.request().terms().standing()).isNull();
    assertThat(row.binding().coverSha256()).isEmpty();
    assertThat(row.binding().userSubject()).isEmpty();
  }

  @Test
  void a_maker_that_left_uses_nothing_B16() {
    ask(pay(5000), null);
    now(store.decide("row-0", null, Votes.yes()));
    Patience gone = Patience.none();
    gone.leave();
    Finding finding =
        now(desk(store).ask(pay(5000), "row-0", caller, verdict(ASKS, "policy"), "", gone));
    assertThat(refusal(finding)).isEqualTo(refusal(DenialCode.CLIENT_LEFT, "client left"));
    assertThat(now(store.find("row-0", null)).orElseThrow().uses()).isZero();
  }

  @Test
  void what_cannot_be_asked_about_is_refused() {
    Finding noQueue =
        now(desk(null).ask(pay(1), null, caller, verdict(ASKS, "policy"), "", Patience.none()));
    assertThat(refusal(noQueue))
        .isEqualTo(
            refusal(
                DenialCode.ESCALATION_REQUIRED,
                "escalation required but no approvals queue configured"
                    + " (set INTENTGATE_APPROVAL_QUEUE)"));
    assertThat(refusal(ask(pay(1).asNotification(), null)))
        .isEqualTo(
            refusal(
                DenialCode.ESCALATION_REQUIRED,
                "approval needed, and a notification cannot wait for one: above 1000"));
  }

  @Test
  void a_queue_that_fails_refuses() {
    ApprovalStore broken =
        (ApprovalStore)
            Proxy.newProxyInstance(
                ApprovalStore.class.getClassLoader(),
                new Class<?>[] {ApprovalStore.class},
                (proxy, method, arguments) ->
                    CompletableFuture.failedFuture(new IllegalStateException("10.0.0.1 away")));
    for (String named : new String[] {null, "row-0"}) {
      Finding finding =
          now(
              desk(broken)
                  .ask(pay(1), named, caller, verdict(ASKS, "policy"), "", Patience.none()));
      assertThat(refusal(finding))
          .isEqualTo(refusal(DenialCode.ESCALATION_FAILED, "approval queue unavailable"));
    }
  }
}
