package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.Asked;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;

/** Rules with one value: which one, and what happens when there would be two. */
class CompleteRulesTest {
  private static final String CONFLICT =
      "conflict: complete rules must not produce multiple outputs";

  @Expressions(
      rules =
          """
          one := 1

          same := 1 if input.t

          same := 1.0 if input.n == 1

          different := 1 if input.t

          different := 2 if input.n == 1

          undisturbed := 1 if input.t

          undisturbed := 2 if input.missing

          many := x if some x in [1, 2]

          many_alike := x if some x in [1, 1.0, 1]

          arrays := [1] if input.t

          arrays := [1.0] if input.t

          sets := {1, 2} if input.t

          sets := {2, 1} if input.t

          objects := {"a": 1} if input.t

          objects := {"a": 2} if input.t

          true_and_false if input.t

          true_and_false := false if input.n == 1

          true_twice if input.t

          true_twice if input.n == 1

          uses := different

          """,
      value =
          """
          one => 1
          same => 1
          undisturbed => 1
          many_alike => 1
          arrays => [1]
          sets => {1, 2}
          true_twice => true
          different => conflict: complete rules must not produce multiple outputs
          many => conflict: complete rules must not produce multiple outputs
          objects => conflict: complete rules must not produce multiple outputs
          true_and_false => conflict: complete rules must not produce multiple outputs
          uses => conflict: complete rules must not produce multiple outputs
          [1, different] => conflict: complete rules must not produce multiple outputs
          [different | true] => conflict: complete rules must not produce multiple outputs
          count([1 | different]) => conflict: complete rules must not produce multiple outputs
          if different == 1 => conflict: complete rules must not produce multiple outputs
          if not different => conflict: complete rules must not produce multiple outputs
          if input.f; different == 1 => undefined
          """)
  void equal_values_are_one_and_others_contradict(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          default closed := false

          closed if input.f

          default open := true

          open := false if input.t

          default listed := [1, {"a": 2}]

          default computed := [x | some x in [1, 2]]

          default found := "none"

          found := x if {
            some x in input.a
            x > 1
          }

          default conflicting := 0

          conflicting := 1 if input.t

          conflicting := 2 if input.t

          default nothing := null
          """,
      value =
          """
          closed => false
          open => false
          listed => [1, {"a": 2}]
          computed => [1, 2]
          found => 2
          nothing => null
          conflicting => conflict: complete rules must not produce multiple outputs
          if not closed => true
          if not open => true
          [x | x := found with input.a as []] => ["none"]
          [x | x := open with input.t as false] => [true]
          """)
  void a_default_counts_when_no_rule_has_a_value(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          rank := 1 if input.n == 1

          else := 2 if input.n < 3

          else := 3

          first := "a" if input.t

          else := "b" if input.t

          else_without_body := "a" if input.f

          else := "b"

          exhausted := 1 if input.f

          else := 2 if input.missing

          false_first := false if input.t

          else := true

          two_chains := 1 if input.f

          else := 2

          two_chains := 3 if input.f

          else := 2

          torn_chains := 1 if input.f

          else := 2

          torn_chains := 3 if input.t

          else := 2

          several := x if some x in input.a

          else := 9

          later_several := 9 if input.f

          else := x if some x in [7, 7.0]

          bound := x if {
            some x in input.a
            x > 1
          }

          else := x if some x in input.a

          default backed := 0

          backed := 1 if input.f

          else := 2 if input.f
          """,
      value =
          """
          rank => 1
          [r | some n in [1, 2, 3]; r := rank with input.n as n] => [1, 2, 3]
          first => "a"
          else_without_body => "b"
          exhausted => undefined
          false_first => false
          two_chains => 2
          torn_chains => conflict: complete rules must not produce multiple outputs
          several => conflict: complete rules must not produce multiple outputs
          [x | x := several with input.a as []] => [9]
          later_several => 7
          bound => 2
          [x | x := bound with input.a as [1, 1]] => [1]
          backed => 0
          """)
  void the_first_branch_with_a_value_ends_a_chain(ExpressionTable.Line line) {
    line.check();
  }

  @Test
  void an_earlier_branch_that_fails_by_a_builtin_is_like_one_that_is_undefined() {
    Asked asked = Asked.of("r := x if x := 1 / input.zero\n\nelse := 7\n").input("{'zero': 0}");
    assertThat(asked.rule("r")).isEqualTo("7");
    assertThat(asked.strict().rule("r")).isEqualTo("builtin error: div: divide by zero");
  }

  @Test
  void a_contradiction_is_found_whichever_rule_comes_first() {
    String small = "r := 1 if input.x > 0\n";
    String large = "r := 2 if input.x > 10\n";
    for (String rules : new String[] {small + "\n" + large, large + "\n" + small}) {
      Asked asked = Asked.of(rules);
      assertThat(asked.input("{'x': 5}").rule("r")).isEqualTo("1");
      assertThat(asked.input("{'x': 50}").rule("r")).isEqualTo(CONFLICT);
      assertThat(asked.input("{'x': -1}").rule("r")).isEqualTo("undefined");
    }
  }

  @Test
  void a_contradiction_names_the_file_and_row_of_the_rule_that_contradicts() {
    PreparedQuery query =
        RegoPolicy.builder()
            .module("a.rego", "package p\n\nr := 1\n")
            .module("b.rego", "package p\n\n\nr := 2\n")
            .compile()
            .prepare("data.p.r");
    assertThatThrownBy(() -> query.value(null, EvalOptions.ofDefaults()))
        .isInstanceOfSatisfying(
            RegoEvalException.class,
            e -> {
              assertThat(e.error().code()).isEqualTo("eval_conflict_error");
              assertThat(e.error().location()).hasToString("b.rego:4");
              assertThat(e.limit()).isNull();
            });
  }

  @Test
  void what_nobody_asks_for_contradicts_nothing() {
    Asked asked = Asked.of("bad := 1\n\nbad := 2 if input.x\n\ngood := 3\n").input("{'x': 1}");
    assertThat(asked.rule("good")).isEqualTo("3");
    assertThat(asked.query("data.p")).isEqualTo(CONFLICT);
    assertThat(asked.input("{}").query("data.p")).isEqualTo("{\"bad\": 1, \"good\": 3}");
  }
}
