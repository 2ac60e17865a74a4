package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.call;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.mint;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.ToolCall;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.check.CostSource;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Judgement;
import app.intentgate.check.Patience;
import app.intentgate.check.Refusal;
import app.intentgate.check.RiskSource;
import app.intentgate.check.ToolGuard;
import app.intentgate.intent.Intent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.memory.MemoryBudgetStore;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.token.CapabilityToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The four checks in a row: which one ends a call, and what is known of it by then. */
class CheckPipelineTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final String ALLOWS = "{\"allow\": true, \"reason\": \"fine\"}";
  private static final String ESCALATES =
      "{\"allow\": true, \"escalate\": true, \"reason\": \"big\"}";

  private final List<String> observed = new ArrayList<>();
  private final List<String> prompts = new ArrayList<>();
  private final MemoryApprovalStore approvals = new MemoryApprovalStore();
  private final MemoryBudgetStore budgets = new MemoryBudgetStore();
  private final MemoryRevocationStore revocations = new MemoryRevocationStore();
  private String decision = ALLOWS;
  private ToolGuard guard = ToolGuard.NONE;
  private final CapabilityToken token = mint(grant().tools("read", "pay").maxCalls(2));

  private final PolicyEngine policy =
      new PolicyEngine() {
        @Override
        public PolicyDecision evaluate(JsonObject input) {
          return PolicyDecision.of(JsonReader.parse(decision));
        }

        @Override
        public String sha256() {
          return SHA256;
        }

        @Override
        public String label() {
          return "test";
        }
      };

  private CheckPipeline pipeline(boolean tokenRequired, boolean onlyObserve) {
    CapabilityCheck capability =
        new CapabilityCheck(
            Callers.VERIFIER,
            revocations,
            new MemoryKillSwitchStore(),
            RiskSource.UNKNOWN,
            new CapabilityCheck.Settings(tokenRequired, false, "", null));
    IntentCheck intent =
        new IntentCheck(
            request -> {
              prompts.add(request.prompt());
              return CompletableFuture.completedFuture(
                  Intent.of("look", List.of("read"), List.of(), 1));
            },
            false,
            0);
    int[] next = {0};
    return new CheckPipeline(
        capability,
        intent,
        tool -> guard.objection(tool),
        new PolicyCheck(new ActivePolicies(policy)),
        new ApprovalDesk(approvals, () -> "row-" + next[0]++, Callers.CLOCK, Duration.ofMinutes(5)),
        new BudgetCheck(budgets, CostSource.UNKNOWN, tokenRequired, false),
        (check, verdict, nanos) -> {
          assertThat(nanos).isNotNegative().isLessThan(Duration.ofMinutes(5).toNanos());
          observed.add(check.wireName() + " " + verdict);
        },
        onlyObserve,
        Callers.CLOCK);
  }

  private Judgement judge(CheckPipeline pipeline, ToolCall call) {
    observed.clear();
    return now(pipeline.judge(call, Patience.none()));
  }

  private ToolCall read() {
    return call("read").bearer(token);
  }

  @Test
  void a_call_that_passes_all_four_is_allowed_and_each_check_is_heard_of() {
    Judgement judgement = judge(pipeline(true, false), read().prompt("look"));
    assertThat(judgement.allowed()).isTrue();
    assertThat(judgement.identified()).isTrue();
    assertThat(judgement.waiting()).isFalse();
    assertThat(judgement.policySha256()).isEqualTo(SHA256);
    assertThat(judgement.intent().orElseThrow().summary()).isEqualTo("look");
    assertThat(judgement.verdict().reason()).isEqualTo("fine");
    assertThat(observed)
        .containsExactly("capability ALLOW", "intent ALLOW", "policy ALLOW", "budget ALLOW");
  }

  @Test
  void what_had_nothing_to_check_is_skipped() {
    judge(pipeline(false, false), call("read"));
    assertThat(observed)
        .containsExactly("capability SKIP", "intent SKIP", "policy ALLOW", "budget SKIP");
  }

  @Test
  void a_refusal_ends_the_call_and_nothing_after_it_is_asked() {
    CheckPipeline pipeline = pipeline(true, false);
    Judgement tool = judge(pipeline, call("drop").bearer(token).prompt("look"));
    assertThat(tool.refusal().code()).isEqualTo(DenialCode.CAPABILITY);
    assertThat(tool.policySha256()).as("that which would have decided").isEqualTo(SHA256);
    assertThat(observed).containsExactly("capability BLOCK");
    Judgement intent = judge(pipeline, call("pay").bearer(token).prompt("look"));
    assertThat(intent.refusal().code()).isEqualTo(DenialCode.INTENT);
    assertThat(intent.policySha256()).isEqualTo(SHA256);
    assertThat(intent.intent()).as("for the log").isPresent();
    assertThat(intent.caller().agentId()).isEqualTo("bot");
    assertThat(observed).containsExactly("capability ALLOW", "intent BLOCK");
    decision = "{\"allow\": false, \"reason\": \"no\"}";
    Judgement denied = judge(pipeline, read());
    assertThat(denied.refusal()).isEqualTo(Refusal.of(DenialCode.POLICY, "no"));
    assertThat(denied.verdict().decision().allow()).isFalse();
    assertThat(observed).containsExactly("capability ALLOW", "intent SKIP", "policy BLOCK");
    decision = ALLOWS;
    assertThat(judge(pipeline, read()).allowed()).isTrue();
    assertThat(judge(pipeline, read()).allowed()).as("refused calls were free").isTrue();
    assertThat(judge(pipeline, read()).refusal().code()).isEqualTo(DenialCode.BUDGET);
    assertThat(observed).last().isEqualTo("budget BLOCK");
  }

  @Test
  void a_caller_that_presented_something_bad_has_no_policy_and_one_that_presented_nothing_has() {
    CheckPipeline pipeline = pipeline(true, false);
    Judgement nothing = judge(pipeline, call("read"));
    assertThat(nothing.identified()).isTrue();
    assertThat(nothing.policySha256()).isEqualTo(SHA256);
    Judgement bad = judge(pipeline, call("read").bearer("bm90IGEgdG9rZW4"));
    assertThat(bad.identified()).isFalse();
    assertThat(bad.policySha256()).isNull();
  }

  @Test
  void a_tool_in_quarantine_is_refused_before_the_policy_is_asked() {
    guard = tool -> tool + " has changed";
    Judgement judgement = judge(pipeline(true, false), read().prompt("look"));
    assertThat(judgement.refusal())
        .isEqualTo(Refusal.of(DenialCode.TOOL_QUARANTINED, "read has changed"));
    assertThat(judgement.policySha256()).isEqualTo(SHA256);
    assertThat(judgement.intent()).isPresent();
    assertThat(observed).containsExactly("capability ALLOW", "intent ALLOW", "tool_schema BLOCK");
  }

  @Test
  void what_would_be_found_is_foreseen_without_asking_or_charging_or_being_heard_of() {
    CheckPipeline pipeline = pipeline(true, false);
    decision = ESCALATES;
    Judgement waits = now(pipeline.foresee(read()));
    assertThat(waits.waiting()).isTrue();
    assertThat(waits.approval()).isNull();
    assertThat(approvals.list(ApprovalQuery.newest(10))).isEmpty();
    decision = ALLOWS;
    for (int i = 0; i < 5; i++) {
      assertThat(now(pipeline.foresee(read())).allowed()).isTrue();
    }
    assertThat(observed).isEmpty();
    assertThat(judge(pipeline, read()).allowed()).as("nothing was spent").isTrue();
  }

  @Test
  void an_escalated_call_waits_and_is_judged_again_with_the_intent_it_had_B15() {
    CheckPipeline pipeline = pipeline(true, false);
    decision = ESCALATES;
    Judgement waiting = judge(pipeline, read().prompt("look"));
    assertThat(waiting.waiting()).isTrue();
    assertThat(waiting.allowed()).isFalse();
    assertThat(waiting.approval().id()).isEqualTo("row-0");
    assertThat(waiting.approval().request().intentSummary()).isEqualTo("look");
    now(approvals.decide("row-0", null, Votes.yes()));
    observed.clear();
    Judgement again =
        now(pipeline.judgeAgain(read().prompt("look"), "row-0", waiting, Patience.none()));
    assertThat(again.allowed()).isTrue();
    assertThat(again.approval().uses()).isEqualTo(1);
    assertThat(again.intent()).isEqualTo(waiting.intent());
    assertThat(prompts).as("asked once").containsExactly("look");
    assertThat(observed).containsExactly("capability ALLOW", "policy ALLOW", "budget ALLOW");
  }

  @Test
  void an_approval_that_is_no_good_refuses_with_the_row() {
    CheckPipeline pipeline = pipeline(true, false);
    decision = ESCALATES;
    judge(pipeline, read());
    now(approvals.decide("row-0", null, Votes.no()));
    Judgement refused = judge(pipeline, read().resuming("row-0"));
    assertThat(refused.refusal().code()).isEqualTo(DenialCode.APPROVAL_REJECTED);
    assertThat(refused.approval().id()).isEqualTo("row-0");
    assertThat(refused.waiting()).isFalse();
  }

  private boolean goesOn(CheckPipeline pipeline, ToolCall call) {
    return pipeline.goesOn(call, judge(pipeline, call));
  }

  @Test
  void observing_lets_what_would_be_refused_go_on_but_not_who_is_not_known() {
    CheckPipeline observing = pipeline(true, true);
    assertThat(goesOn(observing, read())).as("allowed anyway").isFalse();
    assertThat(goesOn(observing, call("drop").bearer(token))).as("known, not permitted").isTrue();
    assertThat(goesOn(observing, call("read"))).as("not known").isFalse();
    decision = ESCALATES;
    assertThat(goesOn(observing, read())).as("nobody is asked").isTrue();
    assertThat(approvals.list(ApprovalQuery.newest(10))).isEmpty();
    decision = "{\"allow\": false}";
    assertThat(goesOn(observing, read())).isTrue();
    Judgement left = observing.leftBy(judge(observing, read()));
    assertThat(left.refusal()).isEqualTo(Refusal.of(DenialCode.CLIENT_LEFT, "client left"));
    assertThat(observing.goesOn(read(), left)).as("nobody is there").isFalse();
    assertThat(goesOn(pipeline(true, false), read())).as("this one does not observe").isFalse();
  }
}
