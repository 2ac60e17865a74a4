package app.intentgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy refuses, whatever a call holds (mcp M5). */
class RefusedWhateverTest {
  private static final JsonObject INPUT =
      JsonObject.builder().put("tool", "drop").put("agent_id", "lark").build();

  private static boolean refuses(String rules) {
    return RegoPolicyEngine.compile("p.rego", "package intentgate.policy\n" + rules, "test")
        .refusesWhatever(INPUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decision := {\"allow\": false}",
        "decision := {\"allow\": input.tool == \"read\"}",
        "default decision := {\"allow\": false}\n"
            + "decision := {\"allow\": true} if startswith(input.tool, \"read_\")",
        "default decision := {\"allow\": false}\n"
            + "decision := {\"allow\": true} if { input.tool == \"pay\"; input.args.x < 1 }",
        "decision := {\"allow\": input.capability.tenant == \"acme\"} if input.agent_id != \"\"\n"
            + "default decision := {\"allow\": false}"
      })
  void a_denial_by_tool_and_caller_alone_is_final(String rules) {
    assertThat(refuses(rules)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decision := {\"allow\": true}",
        "decision := {\"allow\": false, \"escalate\": true}",
        "default decision := {\"allow\": false}\ndecision := {\"allow\": true} if input.args.x < 1",
        "default decision := {\"allow\": false}\ndecision := {\"allow\": true} if input.user",
        "default decision := {\"allow\": false}\n"
            + "decision := {\"allow\": true} if count(input) > 2",
        "default decision := {\"allow\": false}\n"
            + "decision := {\"allow\": true} if { some k; input[k] == 7 }",
        "decision := \"nonsense\"",
        "decision := {\"allow\": false} if input.tool == \"other\""
      })
  void anything_else_may_still_be_allowed(String rules) {
    assertThat(refuses(rules)).isFalse();
  }

  @Test
  void an_engine_that_cannot_tell_says_no() {
    PolicyEngine engine =
        new PolicyEngine() {
          @Override
          public PolicyDecision evaluate(JsonObject input) {
            throw new PolicyException("policy: none");
          }

          @Override
          public String sha256() {
            return "";
          }

          @Override
          public String label() {
            return "none";
          }
        };
    assertThat(engine.refusesWhatever(INPUT)).isFalse();
  }
}
