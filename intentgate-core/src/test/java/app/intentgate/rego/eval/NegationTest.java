package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.Asked;
import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code not} turns around, and what is looked at before it. */
class NegationTest {
  @Expressions(
      """
      if not input.f => true
      if not input.t => undefined
      if not input.missing => true
      if not input.missing.deeper => true
      if not input.nil => undefined
      if not input.zero => undefined
      if not "" => undefined
      if not false => true
      if not input.n == 2 => true
      if not input.n == 1 => undefined
      if not input.missing == 1 => true
      if not input.n > 5 => true
      if not 1 in input.a => undefined
      if not 3 in input.a => true
      if not startswith(input.s, "te") => undefined
      if not startswith(input.s, "x") => true
      """)
  void it_holds_for_false_and_for_undefined(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      value =
          """
          if not input.missing > 5 => undefined
          if not startswith(input.missing, "x") => undefined
          if not count(input.missing) == 0 => undefined
          if not lower(input.missing) == "a" => undefined
          if not 1 + input.missing == 2 => undefined
          if not helper(input.missing) => undefined
          if not helper(input.n) => undefined
          if not helper(input.s) => true
          """,
      rules = "helper(x) if x == 1")
  void what_a_call_is_given_is_found_before_the_negation(ExpressionTable.Line line) {
    line.check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not input.missing > 5",
        "not startswith(input.missing, \"x\")",
        "not count(input.missing) == 0",
        "not lower(input.missing) == \"a\"",
        "not input.missing.x"
      })
  void with_the_later_meaning_the_whole_expression_is_negated(String expression) {
    String module = "package p\n\nimport future.keywords.not\n\nanswer if " + expression + "\n";
    Asked asked = Asked.of(RegoPolicy.builder().module("p.rego", module), "{}");
    assertThat(asked.input("{}").rule("answer")).isEqualTo("true");
  }

  @Expressions(
      value =
          """
          [x | some x in [1, 2, 3]; not x in input.a] => [3]
          [x | some x in [1, 2, 3]; not x == 2] => [1, 3]
          {x | some x in data.users; not data.blocked[x]} => {"ann", "eve"}
          {x | some x in data.users; not x in object.keys(data.blocked)} => {"ann"}
          [x | not x == 2; x = [1, 2, 3][_]] => [1, 3]
          [[x, y] | some x in [1, 2]; some y in [1, 2]; not x == y] => [[1, 2], [2, 1]]
          """,
      data = "{'users': ['ann', 'bob', 'eve'], 'blocked': {'bob': true, 'eve': false}}")
  void variables_come_from_outside(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          undefined_rule if input.missing

          false_rule := false

          true_rule := true

          null_rule := null

          empty_set contains x if x := input.missing

          default closed := false

          closed if input.missing

          admins contains "ann"
          """,
      value =
          """
          if not undefined_rule => true
          if not false_rule => true
          if not true_rule => undefined
          if not null_rule => undefined
          if not empty_set => undefined
          if not empty_set.x => true
          if not count(empty_set) > 0 => true
          if not closed => true
          if not admins.ann => undefined
          if not admins["bob"] => true
          if not admins[input.missing] => undefined
          if not "ann" in admins => undefined
          """)
  void rules_are_negated_by_their_value(ExpressionTable.Line line) {
    line.check();
  }

  @Test
  void two_negations_through_a_rule_say_for_all() {
    Asked asked =
        Asked.of(
            """
            all_small if not any_large

            any_large if {
              some x in input.xs
              x > 10
            }
            """);
    assertThat(asked.input("{'xs': [1, 2]}").rule("all_small")).isEqualTo("true");
    assertThat(asked.input("{'xs': [1, 20]}").rule("all_small")).isEqualTo("undefined");
    assertThat(asked.input("{'xs': []}").rule("all_small")).isEqualTo("true");
    assertThat(asked.input("{}").rule("all_small")).isEqualTo("true");
  }

  @Test
  void a_failing_builtin_below_a_negation_is_an_error_when_strict() {
    Asked asked = Asked.of("answer if not 1 / input.zero == 1\n").input("{'zero': 0}");
    assertThat(asked.rule("answer")).isEqualTo("undefined");
    assertThat(asked.strict().rule("answer")).isEqualTo("builtin error: div: divide by zero");
  }
}
