package app.intentgate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.policy.BuiltInPolicies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLintTest {
  private static final String HEAD =
      "package intentgate.policy\ndefault decision := {\"allow\": false, \"reason\": \"no\"}\n";

  private static List<String> codes(String source) {
    return PolicyLint.check("p.rego", source).stream()
        .map(w -> w.code() + "@" + w.row() + ":" + w.col())
        .toList();
  }

  @Test
  void our_own_policies_have_no_warnings() {
    assertThat(PolicyLint.check("d", BuiltInPolicies.defaultSource())).isEmpty();
    for (String name : BuiltInPolicies.TEMPLATES) {
      assertThat(PolicyLint.check(name, BuiltInPolicies.template(name))).as(name).isEmpty();
    }
  }

  @Test
  void a_decision_without_default_is_warned_of() {
    assertThat(codes("package intentgate.policy\n\ndecision := {\"allow\": true} if input.tool"))
        .containsExactly("missing_default@3:1");
    assertThat(codes("package intentgate.policy\ndecision := {\"allow\": true}")).isEmpty();
    assertThat(
            codes(
                "package intentgate.policy\n"
                    + "decision := {\"allow\": true} if input.tool == \"a\""
                    + " else := {\"allow\": false}"))
        .isEmpty();
    assertThat(codes("package intentgate.policy\ndefault decision := {\"allow\": false}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.tol == \"a\"                | no call has input.tol; did you mean \"tool\"?",
        "input.capability.issuer == \"a\"  | no call has input.capability.issuer",
        "input.capability.tennant == \"a\" | no call has input.capability.tennant; did you mean"
            + " \"tenant\"?",
        "input.tool.name == \"a\"          | input.tool is a string and has no members",
        "input[\"agent\"] == \"a\"         | no call has input.agent"
      })
  void members_of_the_input_that_no_call_has_are_warned_of(String body, String message) {
    String source = HEAD + "decision := {\"allow\": true} if " + body + "\n";
    assertThat(PolicyLint.check("p.rego", source))
        .containsExactly(new LintWarning("unknown_input", message, 3, 32));
  }

  @Test
  void members_that_calls_have_are_not_warned_of() {
    String source =
        HEAD
            + "decision := {\"allow\": true} if {\n"
            + "  input.args.anything[_].at_all == input.user.attrs[\"team\"]\n"
            + "  some x in input.intent.allowed_tools\n"
            + "  input[x] == input.capability.step_up_at\n"
            + "}\n";
    assertThat(codes(source)).isEmpty();
  }

  @Test
  void rules_that_never_hold_or_are_never_used_are_warned_of() {
    String source =
        HEAD
            + "decision := {\"allow\": true} if { input.tool == \"a\"; input.tool == \"b\" }\n"
            + "decision := {\"allow\": true} if { used; 1 == 2 }\n"
            + "used if helper(input.tool)\n"
            + "helper(x) if x == \"a\"\n"
            + "unused if helper(\"b\")\n"
            + "test_it if unused\n";
    assertThat(codes(source))
        .containsExactly("unreachable_rule@3:53", "unreachable_rule@4:40", "unreachable_rule@7:1");
  }

  @Test
  void misspelt_members_of_the_decision_are_warned_of() {
    String source =
        "package intentgate.policy\n"
            + "default decision := {\"alow\": false}\n"
            + "decision := {\"allow\": \"yes\", \"requiresStepUp\": true} if input.tool == \"a\"\n"
            + "decision := {\"allow\": true, \"team\": \"x\"} if input.tool == \"b\"\n";
    assertThat(codes(source))
        .containsExactly(
            "unknown_decision_member@2:21",
            "unknown_decision_member@2:22",
            "unknown_decision_member@3:23",
            "unknown_decision_member@3:30");
  }

  @Test
  void what_is_no_rego_has_no_warnings() {
    assertThat(PolicyLint.check("p.rego", "not rego at all")).isEmpty();
  }

  @Test
  void B18_a_decision_is_found_however_it_is_written() {
    for (String source :
        List.of(
            "package intentgate.policy\ndecision := {\"allow\": true}",
            "package intentgate\npolicy.decision := {\"allow\": true}",
            "package intentgate.policy\ndecision.allow := true",
            "package intentgate.policy.decision\nallow := true")) {
      assertThat(PolicyModule.parse("p", source).orElseThrow().definesDecision())
          .as(source)
          .isTrue();
    }
    for (String source :
        List.of(
            "package intentgate.policy\nDecision := {\"allow\": true}",
            "package other\ndecision := {\"allow\": true}",
            "package intentgate.policy\ndecision(x) := {\"allow\": x}",
            "package intentgate.policy\ndecision contains \"allow\"")) {
      assertThat(PolicyModule.parse("p", source).orElseThrow().definesDecision())
          .as(source)
          .isFalse();
    }
  }
}
