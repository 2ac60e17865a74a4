package app.intentgate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a warning begins and where it ends. */
class LintEdgesTest {
  private static final String HEAD =
      "package intentgate.policy\ndefault decision := {\"allow\": false, \"reason\": \"no\"}\n";

  private static List<String> messages(String source) {
    return PolicyLint.check("p.rego", source).stream().map(LintWarning::message).toList();
  }

  private static List<String> inBody(String body) {
    return messages(HEAD + "decision := {\"allow\": true} if { " + body + " }\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.tool == 'a'; false",
        "'a' == 'b'",
        "1 == '1'",
        "input.tool == 'a'; 'b' == input.tool",
        "'a' == input.tool; input[\"tool\"] == 'b'",
        "input.args.n == 1; input.args.n == 2",
        "input.args.n = 1; input.args.n == 2",
        "input.args.on == true; input.args.on == null",
      })
  void a_body_that_no_call_makes_true_is_warned_of(String body) {
    assertThat(inBody(body.replace('\'', '"')))
        .containsExactly("the rule \"decision\" never holds: this is never true there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not false",
        "1 == 1",
        "1 == 1.0",
        "input.tool == 'a'; input.tool == 'a'",
        "input.tool == 'a'; not input.tool == 'b'",
        "input.tool == 'a'; input.tool == 'b' with input.tool as 'b'",
        "input.tool == 'a'; input.agent_id == 'b'",
        "input.args[_] == 1; input.args[_] == 2",
        "some i; input.args.xs[i] == 1; input.args.xs[i] == 2",
        "input.tool != 'a'; input.tool == 'b'",
        "true",
      })
  void a_body_that_some_call_makes_true_is_not(String body) {
    assertThat(inBody(body.replace('\'', '"'))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import input.tol\ndecision := {\"allow\": true} if tol",
        "decision := {\"allow\": true} if input.tol",
        "decision := {\"allow\": true} if count([x | x := input.tol]) > 0",
        "decision := {\"allow\": true} if { every x in [input.tol] { x } }",
        "decision := {\"allow\": input.tol}",
        "decision := {\"allow\": true} if input.args.x with input.tool as input.tol",
      })
  void a_member_that_no_call_has_is_found_wherever_it_stands(String rule) {
    String source =
        rule.startsWith("import")
            ? HEAD.replace("policy\n", "policy\n" + rule.lines().findFirst().orElseThrow() + "\n")
                + rule.lines().skip(1).findFirst().orElseThrow()
            : HEAD + rule;

    assertThat(messages(source)).containsExactly("no call has input.tol; did you mean \"tool\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "input.session_id.x        | input.session_id is a string and has no members",
        "input.agent_id[\"x\"]     | input.agent_id is a string and has no members",
        "input.intent.confidense   | no call has input.intent.confidense; did you mean"
            + " \"confidence\"?",
        "input.user.attributes     | no call has input.user.attributes",
        "input.east_west.caller    | no call has input.east_west.caller",
        "input.eastwest            | no call has input.eastwest; did you mean \"east_west\"?",
      })
  void the_warning_says_what_the_member_could_have_been(String body, String message) {
    assertThat(inBody(body)).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.args.a.b.c",
        "input.user.attrs.department.name",
        "input.intent.allowed_tools[0]",
        "input.capability.step_up_at > 5",
        "input.east_west.callee_zone",
        "input",
        "input[input.tool]",
      })
  void members_that_calls_have_are_silent(String body) {
    assertThat(inBody(body)).isEmpty();
  }

  @Test
  void rules_that_only_each_other_use_are_used_by_no_decision() {
    assertThat(
            messages(
                HEAD
                    + "decision := {\"allow\": true} if a\n"
                    + "a if b\n"
                    + "b if input.tool\n"
                    + "ping if pong(1)\n"
                    + "pong(x) if x == 1\n"))
        .containsExactly(
            "the decision does not use the rule \"ping\"",
            "the decision does not use the rule \"pong\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decision := {\"allow\": true} if data.intentgate.policy[input.tool]",
        "decision := {\"allow\": true} if data.intentgate[input.tool].a",
        "decision := {\"allow\": true} if data[input.tool]",
      })
  void where_a_rule_may_be_found_by_any_name_none_is_called_unused(String decision) {
    assertThat(messages(HEAD + decision + "\nunused if input.tool\n")).isEmpty();
  }

  @Test
  void a_rule_that_is_named_from_the_root_is_used() {
    assertThat(
            messages(
                HEAD
                    + "decision := {\"allow\": true} if data.intentgate.policy.fine\n"
                    + "fine if input.tool\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import data.intentgate.policy as p            | p.fine",
        "import data.intentgate.policy                 | policy.fine",
        "import data.intentgate as ig                  | ig.policy.fine",
        "import data.intentgate.policy.fine as ok      | ok",
        "import data.intentgate.policy.asks as matches | matches(1)",
        "import data.intentgate.policy as p            | p.asks(1)",
        "import data.intentgate.policy as p            | p[input.tool]",
        "import data.intentgate.policy as p            | some name; p[name]",
        "import data.intentgate.policy as p            | count(p) > 0",
      })
  void a_rule_that_is_used_by_the_name_of_an_import_is_used(String line, String body) {
    String used = body.contains("(1)") ? "asks(x) if x == 1" : "fine if input.tool";

    assertThat(messages(imported(line, body) + used + "\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import data.intentgate.policy as p       | p.other",
        "import data.intentgate.policy as p       | p := input.args; p[input.tool]",
        "import data.intentgate.policy as p       | some p in input.args; p.fine",
        "import data.intentgate.policy.fine as ok | some ok in input.args; ok",
        "import data.elsewhere as p               | p.fine",
      })
  void a_rule_that_no_import_leads_to_is_not(String line, String body) {
    assertThat(messages(imported(line, body) + "fine if input.tool\n"))
        .containsExactly("the decision does not use the rule \"fine\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import input.user as u  | u.attributes      | no call has input.user.attributes",
        "import input.user       | user.attributes   | no call has input.user.attributes",
        "import input as call    | call.tol          | no call has input.tol; did you mean"
            + " \"tool\"?",
        "import input.tool as t  | t.name            | input.tool is a string and has no members",
        "import input.tool as t  | t == 'a'; t == 'b'| the rule \"decision\" never holds: this is"
            + " never true there",
      })
  void a_member_that_no_call_has_is_found_behind_an_import(
      String line, String body, String message) {
    assertThat(messages(imported(line, body.replace('\'', '"')))).containsExactly(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import input.user as u | u.attrs.team == 'a'",
        "import input.user as u | some u in input.args.users; u.attributes",
        "import input.user as u | u := input.args; u.attributes",
        "import input.user as u | every u in input.args.users { u.attributes }",
        "import input.user as u | count([u | u := input.args[_]; u.attributes]) > 0",
      })
  void a_variable_with_the_name_of_an_import_is_not_the_import(String line, String body) {
    assertThat(messages(imported(line, body.replace('\'', '"')))).isEmpty();
  }

  private static String imported(String line, String body) {
    return HEAD.replace("policy\n", "policy\n" + line + "\n")
        + "decision := {\"allow\": true} if { "
        + body
        + " }\n";
  }

  @Test
  void at_most_a_hundred_warnings_are_given_in_the_order_of_the_source() {
    StringBuilder source = new StringBuilder(HEAD);
    for (int i = 0; i < 150; i++) {
      source.append("decision := {\"allow\": true} if input.none").append(i).append('\n');
    }

    List<LintWarning> warnings = PolicyLint.check("p.rego", source.toString());

    assertThat(warnings).hasSize(100);
    assertThat(warnings).extracting(LintWarning::row).isSorted().startsWith(3, 4, 5);
  }

  @Test
  void a_decision_whose_members_are_only_known_by_a_call_is_not_called_incomplete() {
    assertThat(messages("package intentgate.policy\ndecision := {input.tool: true}")).isEmpty();
    assertThat(messages("package intentgate.policy\ndecision := {\"reason\": \"x\"}"))
        .containsExactly(
            "this decision has no \"allow\": calls it is made for are refused with an error");
  }
}
