package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Caller;
import app.intentgate.json.JsonObject;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists leave out what the policy refuses whatever a call holds (B35). */
class PolicyForesightTest {
  private final List<String> asked = new ArrayList<>();
  private final ActivePolicies policies = new ActivePolicies(refusing("pay", "one"));
  private long nanos = 5;
  private final PolicyForesight foresight = new PolicyForesight(policies, () -> nanos);
  private final Caller bot = holding(grant());

  /** A policy that refuses every call of one tool. */
  private PolicyEngine refusing(String tool, String sha256) {
    return new PolicyEngine() {
      @Override
      public PolicyDecision evaluate(JsonObject input) {
        throw new PolicyException("no call is judged here");
      }

      @Override
      public boolean refusesWhatever(JsonObject input) {
        asked.add(input.toString());
        return tool.equals(input.get("tool").asText());
      }

      @Override
      public String sha256() {
        return sha256;
      }

      @Override
      public String label() {
        return "test";
      }
    };
  }

  @Test
  void the_policy_is_asked_with_no_more_than_tool_and_caller() {
    assertThat(foresight.refuses(bot, "pay")).isTrue();
    assertThat(foresight.refuses(bot, "read")).isFalse();
    assertThat(foresight.refuses(Caller.ANONYMOUS, "read")).isFalse();
    assertThat(asked)
        .containsExactly(
            "{\"tool\":\"pay\",\"agent_id\":\"bot\","
                + "\"capability\":{\"subject\":\"bot\",\"tenant\":\"acme\",\"zone\":\"default\"}}",
            "{\"tool\":\"read\",\"agent_id\":\"bot\","
                + "\"capability\":{\"subject\":\"bot\",\"tenant\":\"acme\",\"zone\":\"default\"}}",
            "{\"tool\":\"read\"}");
  }

  @Test
  void what_was_found_is_kept_for_a_minute_and_no_longer() {
    foresight.refuses(bot, "pay");
    nanos += Duration.ofMinutes(1).toNanos();
    assertThat(foresight.refuses(bot, "pay")).isTrue();
    assertThat(asked).hasSize(1);
    nanos += 1;
    assertThat(foresight.refuses(bot, "pay")).isTrue();
    assertThat(asked).hasSize(2);
    nanos += 1;
    foresight.refuses(bot, "pay");
    assertThat(asked).as("and kept again").hasSize(2);
  }

  @Test
  void another_policy_is_asked_at_once() {
    assertThat(foresight.refuses(bot, "pay")).isTrue();
    policies.swap("", refusing("read", "two"));
    assertThat(foresight.refuses(bot, "pay")).isFalse();
    assertThat(foresight.refuses(bot, "read")).isTrue();
  }

  @Test
  void the_policy_of_the_callers_tenant_is_asked() {
    policies.swap("acme", refusing("read", "acmes"));
    assertThat(foresight.refuses(bot, "read")).isTrue();
    assertThat(foresight.refuses(Caller.ANONYMOUS, "read")).isFalse();
  }

  @Test
  void names_without_end_do_not_fill_the_memory() {
    foresight.refuses(bot, "pay");
    for (int i = 0; i < 10_000; i++) {
      foresight.refuses(bot, "tool-" + i);
    }
    asked.clear();
    foresight.refuses(bot, "pay");
    assertThat(asked).as("forgotten when there were too many").hasSize(1);
  }
}
