package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.call;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static app.intentgate.check.run.Callers.now;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.CheckName;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.check.Refusal;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PolicyCheckTest {
  /** A policy kept elsewhere, which answers so. */
  private record Remote(Supplier<CompletionStage<PolicyDecision>> answer) implements PolicyEngine {
    @Override
    public PolicyDecision evaluate(JsonObject input) {
      return now(decide(input));
    }

    @Override
    public CompletionStage<PolicyDecision> decide(JsonObject input) {
      return answer.get();
    }

    @Override
    public String sha256() {
      return "5eed";
    }

    @Override
    public String label() {
      return "test";
    }
  }

  private static Outcome<PolicyVerdict> check(Supplier<CompletionStage<PolicyDecision>> answer) {
    PolicyCheck check = new PolicyCheck(new ActivePolicies(new Remote(answer)));
    return now(check.check(call("read"), holding(grant()), Optional.empty()));
  }

  private static Outcome<PolicyVerdict> decided(String decision) {
    return check(
        () -> CompletableFuture.completedFuture(PolicyDecision.of(JsonReader.parse(decision))));
  }

  private static String refusal(Outcome<PolicyVerdict> outcome) {
    assertThat(outcome).isInstanceOf(Deny.class);
    Refusal refusal = ((Deny<PolicyVerdict>) outcome).refusal();
    assertThat(refusal.code()).isEqualTo(DenialCode.POLICY);
    return refusal.reason();
  }

  @Test
  void a_policy_allows_blocks_or_asks_and_asking_wins() {
    assertThat(decided("{\"allow\": true}")).isInstanceOf(Pass.class);
    assertThat(refusal(decided("{\"allow\": false, \"reason\": \"no\"}"))).isEqualTo("no");
    assertThat(decided("{\"allow\": true, \"escalate\": true}")).isInstanceOf(Escalate.class);
    assertThat(decided("{\"allow\": true}").found().sha256()).isEqualTo("5eed");
  }

  @Test
  void no_decision_refuses_and_only_the_policys_own_words_reach_the_agent_B5() {
    PolicyException own = new PolicyException("policy: eval: it broke");
    IllegalStateException other = new IllegalStateException("10.0.0.1 refused");
    Outcome<PolicyVerdict> failed = check(() -> CompletableFuture.failedFuture(own));
    assertThat(refusal(failed)).isEqualTo("policy: eval: it broke");
    assertThat(failed.found()).isEqualTo(new PolicyVerdict("5eed", null));
    assertThat(refusal(check(() -> CompletableFuture.failedFuture(other))))
        .isEqualTo("policy: no decision");
    assertThat(
            refusal(
                check(
                    () -> {
                      throw own;
                    })))
        .isEqualTo("policy: eval: it broke");
    assertThat(
            refusal(
                check(
                    () -> {
                      throw other;
                    })))
        .isEqualTo("policy: no decision");
    assertThat(refusal(check(() -> null))).isEqualTo("policy: no decision");
  }

  @Test
  void a_stage_that_cannot_be_asked_whether_it_is_complete_is_waited_for() {
    PolicyDecision allow = PolicyDecision.of(JsonReader.parse("{\"allow\": true}"));
    assertThat(check(() -> CompletableFuture.completedFuture(allow).minimalCompletionStage()))
        .isInstanceOf(Pass.class);
  }

  @Test
  void refusals_have_the_codes_and_words_of_the_wire() {
    assertThat(DenialCode.CAPABILITY.code()).isEqualTo(-32010);
    assertThat(DenialCode.INTENT.code()).isEqualTo(-32011);
    assertThat(DenialCode.POLICY.code()).isEqualTo(-32012);
    assertThat(DenialCode.BUDGET.code()).isEqualTo(-32013);
    assertThat(DenialCode.APPROVAL_USED.message()).isEqualTo("approval already used");
    assertThat(DenialCode.TOOL_QUARANTINED.check()).isEqualTo(CheckName.TOOL_SCHEMA);
  }
}
