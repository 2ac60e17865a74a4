package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.Asked;
import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;
import org.junit.jupiter.api.Test;

/** Documents and functions that {@code with} puts in the place of others. */
class WithTest {
  private static final String READERS =
      """
      user := input.user

      both := [input.a, input.b]

      whole := input

      limit := 10

      over if input.amount > limit

      roles contains r if some r in data.roles[input.user]

      double(x) := x * 2

      quad(x) := double(double(x))

      length(x) := count(x)

      size(_) := 99

      outer := x if x := both with input.b as 2
      """;

  @Expressions(
      rules = READERS,
      input = "{'user': 'ann', 'a': 1}",
      value =
          """
          [x | x := user with input as {"user": "bob"}] => ["bob"]
          [x | x := user with input.user as "bob"] => ["bob"]
          [x | x := user with input as {}] => []
          [x | x := whole with input as 5] => [5]
          [x | x := whole with input.user as 1 with input.more as 2] => [{"a": 1, "more": 2, "user": 1}]
          [x | x := whole with input.deep.er as 1] => [{"a": 1, "deep": {"er": 1}, "user": "ann"}]
          [x | x := whole with input as {"a": 1} with input.b as 2] => [{"a": 1, "b": 2}]
          [x | x := whole with input.a as 1 with input as {"b": 2}] => [{"b": 2}]
          [x | x := whole with input.a as 1 with input.a as 2] => [{"a": 2, "user": "ann"}]
          [x | x := both with input.a as input.user with input.b as input.a] => [["ann", 1]]
          [x | x := user with input.user as input.missing] => []
          """)
  void input_is_replaced_as_a_whole_or_at_a_path(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = READERS,
      data = "{'roles': {'ann': ['dev'], 'bob': ['ops', 'dev']}}",
      input = "{'user': 'ann', 'amount': 20}",
      value =
          """
          [x | x := roles with input.user as "bob"] => [{"dev", "ops"}]
          [x | x := roles with data.roles as {"ann": ["new"]}] => [{"new"}]
          [x | x := roles with data.roles.ann as ["new"]] => [{"new"}]
          [x | x := data.roles with data.roles.ann as 1] => [{"ann": 1, "bob": ["ops", "dev"]}]
          [x | x := data.roles with data.roles.eve as 1] => [{"ann": ["dev"], "bob": ["ops", "dev"], "eve": 1}]
          [x | x := data.other with data.other as 1] => [1]
          if over => true
          if over with input.amount as 5 => undefined
          if over with data.p.limit as 30 => undefined
          if over with data.p.limit as 30 with input.amount as 31 => true
          if not over with data.p.limit as 30 => true
          [x | x := limit with data.p.limit as 3] => [3]
          [[x, limit] | x := limit with data.p.limit as 3] => [[3, 10]]
          [x | x := roles with data.p.roles as {"any"}] => [{"any"}]
          if "any" in roles with data.p.roles as {"any"} => true
          if roles.any with data.p.roles as {"any"} => true
          if roles.dev with data.p.roles as {"any"} => undefined
          """)
  void data_is_replaced_whether_it_is_given_or_made_by_rules(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = READERS,
      value =
          """
          [x | x := quad(1) with double as 7] => [7]
          [x | x := quad(1) with data.p.double as 7] => [7]
          [x | x := length([1, 2]) with count as 5] => [5]
          [x | x := length([1, 2]) with count as size] => [99]
          if quad(input.a) == 1 with double as count => type error: count: operand 1 must be one of {array, object, set, string} but got number
          [x | x := double(input.a) with double as count] => [2]
          [x | x := double(3) with double as abs] => [3]
          [x | x := double(input.s) with double as upper] => ["TEXT"]
          [x | x := time.now_ns() with time.now_ns as 42] => [42]
          [x | x := rand.intn("k", 10) with rand.intn as 1000] => [1000]
          [x | x := opa.runtime() with opa.runtime as {"env": {"A": "b"}}] => [{"env": {"A": "b"}}]
          [[x, length([1])] | x := length([1]) with count as 5] => [[5, 1]]
          if length(input.missing) == 5 with count as 5 => undefined
          """)
  void functions_are_replaced_by_values_and_by_functions(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          base := [input.a, input.b]

          inner := x if x := base with input.b as 2

          outer := x if x := inner with input.a as 1

          shadow := x if x := inner with input.b as 9

          n(x) := count(x)

          first(_) := 1

          second(_) := 2

          calls := [n("abc"), to_number("4")]

          calls_inner := x if x := calls with count as first

          calls_outer := x if x := calls_inner with to_number as second

          calls_same := x if x := calls_inner with count as second

          counted(x) := count(x) + 100

          uses_original := x if x := n("abc") with count as counted
          """,
      input = "{'a': 0, 'b': 0}",
      value =
          """
          base => [0, 0]
          inner => [0, 2]
          outer => [1, 2]
          shadow => [0, 2]
          calls => [3, 4]
          calls_inner => [1, 4]
          calls_outer => [1, 2]
          calls_same => [1, 4]
          uses_original => 103
          [base, inner, outer, base] => [[0, 0], [0, 2], [1, 2], [0, 0]]
          """)
  void replacements_nest_and_the_inner_one_counts(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          xs := [x | some x in input.xs]

          known contains x if some x in input.xs

          by_key[k] := v if some k, v in input.xs

          all_small if every x in input.xs { x < input.most }

          chosen := "big" if input.most > 5

          else := "small"
          """,
      input = "{'xs': [1, 2], 'most': 3}",
      value =
          """
          [i | some i; [3, 3, 4][i] == input.most with input.most as 3] => [0, 1]
          [i | some i; [4, 4, 3][i] == input.most with input.most as 4] => [0, 1]
          [[i, input.most] | some i; [4, 4, 3][i] == input.most with input.most as 4] => [[0, 3], [1, 3]]
          [xs, [y | y := xs with input.xs as [7]]] => [[1, 2], [[7]]]
          [y | y := known with input.xs as [7]] => [{7}]
          [[y, known] | y := known with input.xs as [7]] => [[{7}, {1, 2}]]
          [y | y := by_key with input.xs as {"a": 1}] => [{"a": 1}]
          if all_small with input.most as 2 => undefined
          if all_small with input.most as 9 => true
          if all_small with input.xs as [] => true
          [y | some m in [1, 9]; y := chosen with input.most as m] => ["small", "big"]
          [y | some m in [1, 9]; y := [chosen | true] with input.most as m] => [["small"], ["big"]]
          [y | some m in [2, 3]; y := count({1 | all_small}) with input.most as m] => [0, 1]
          {m | some m in [1, 2, 3, 4]; all_small with input.most as m} => {3, 4}
          {m | some m in [1, 2, 3, 4]; not all_small with input.most as m} => {1, 2}
          """)
  void what_was_computed_before_is_computed_anew_below_it(ExpressionTable.Line line) {
    line.check();
  }

  @Test
  void replaced_data_counts_for_rules_of_every_package() {
    Asked asked =
        Asked.of(
            app.intentgate.rego.RegoPolicy.builder()
                .module(
                    "p.rego", "package p\n\nr := x if x := data.q.r with data.limits.max as 7\n")
                .module(
                    "q.rego", "package q\n\nimport data.limits\n\nr := limits.max + limits.min\n"),
            "{'limits': {'max': 1, 'min': 2}}");
    assertThat(asked.rule("r")).isEqualTo("9");
    assertThat(asked.query("data.q.r")).isEqualTo("3");
  }

  @Test
  void a_query_may_replace_too() {
    Asked asked = Asked.of("allow if input.user in data.admins\n", "{'admins': ['ann']}");
    assertThat(asked.results("data.p.allow with input.user as \"ann\"")).containsExactly("{}");
    assertThat(asked.results("data.p.allow with input.user as \"bob\"")).isEmpty();
    assertThat(asked.results("u = [\"ann\", \"bob\"][_]; data.p.allow with input.user as u"))
        .containsExactly("{\"u\": \"ann\"}");
    assertThat(
            asked.results("data.p.allow with input.user as \"bob\" with data.admins as [\"bob\"]"))
        .containsExactly("{}");
  }
}
