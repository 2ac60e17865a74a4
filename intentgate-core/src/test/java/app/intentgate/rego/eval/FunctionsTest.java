package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Functions of the policy. */
class FunctionsTest {
  @Expressions(
      rules =
          """
          double(x) := x * 2

          is_small(x) if x < 10

          between(low, x, high) if {
            low <= x
            x <= high
          }

          swap(x, y) := [y, x]

          ignore(_, _) := "done"

          list(x) := [y | some y in x; y > 1]

          falsy(x) := false if x == 1

          nested(x) := double(double(x)) + double(1)

          with_object(o) := o.a.b

          tags(x) := {t | some t in x}
          """,
      value =
          """
          double(2) => 4
          double(input.half) => 1
          double(input.s) => type error: mul: operand 1 must be number but got string
          double(input.missing) => undefined
          is_small(5) => true
          is_small(50) => undefined
          between(1, 2, 3) => true
          between(1, 4, 3) => undefined
          swap(1, "a") => ["a", 1]
          swap(1, input.missing) => undefined
          ignore(1, 2) => "done"
          ignore(1, input.missing) => undefined
          list([1, 2, 3]) => [2, 3]
          falsy(1) => false
          falsy(2) => undefined
          if falsy(1) => undefined
          if not falsy(1) => true
          nested(3) => 14
          with_object({"a": {"b": "c"}}) => "c"
          with_object(input) => undefined
          tags(["a", "a"]) => {"a"}
          [double(x) | some x in input.a] => [2, 4]
          [x | some x in [1, 20]; is_small(x)] => [1]
          if double(2, 4) => true
          if double(2, 5) => undefined
          [y | double(3, y)] => [6]
          [y | swap(1, 2, [y, _])] => [2]
          """)
  void they_give_a_value_for_their_arguments(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          kind("a") := 1

          kind("b") := 2

          kind(x) := 3 if is_number(x)

          overlap(x) := "low" if x < 10

          overlap(x) := "high" if x > 5

          agree(x) := "small" if x < 10

          agree(x) := "small" if x < 5

          grade(x) := "a" if x > 90

          else := "b" if x > 50

          else := "c"

          default score(_) := 0

          score(x) := x if x > 0

          default pick(_, _) := "none"

          pick("a", x) := x

          many(x) := y if some y in [x, x + 1]
          """,
      value =
          """
          kind("a") => 1
          kind("b") => 2
          kind(7) => 3
          kind("c") => undefined
          kind(input.s) => undefined
          overlap(1) => "low"
          overlap(20) => "high"
          overlap(7) => conflict: functions must not produce multiple outputs for same inputs
          agree(1) => "small"
          agree(7) => "small"
          many(1) => conflict: functions must not produce multiple outputs for same inputs
          [grade(x) | some x in [95, 60, 1]] => ["a", "b", "c"]
          score(5) => 5
          score(-5) => 0
          score(input.missing) => undefined
          pick("a", 1) => 1
          pick("b", 1) => "none"
          pick(input.missing, 1) => undefined
          if overlap(7) == "low" => conflict: functions must not produce multiple outputs for same inputs
          if not overlap(7) == "low" => conflict: functions must not produce multiple outputs for same inputs
          """)
  void several_definitions_agree_or_contradict(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          owner(path) := data.owners[path]

          may(user, path) if owner(path) == user

          may(user, _) if user in data.admins

          reach(x) := y if y := owner(x) with data.owners as {"/a": "eve"}

          limit := l if l := data.limits[input.tier]

          within(x) if x <= limit
          """,
      data = "{'owners': {'/a': 'ann', '/b': 'bob'}, 'admins': ['root'], 'limits': {'free': 3}}",
      input = "{'tier': 'free'}",
      value =
          """
          owner("/a") => "ann"
          owner("/c") => undefined
          may("ann", "/a") => true
          may("ann", "/b") => undefined
          may("root", "/c") => true
          reach("/a") => "eve"
          [owner("/a"), reach("/a"), owner("/a")] => ["ann", "eve", "ann"]
          [p | some p; may("bob", data.paths[p])] => []
          {p | some p, _ in data.owners; may("bob", p)} => {"/b"}
          within(3) => true
          within(4) => undefined
          if within(4) with input.tier as "free" with data.limits.free as 5 => true
          if within(1) with input.tier as "none" => undefined
          """)
  void they_read_documents_beside_their_arguments(ExpressionTable.Line line) {
    line.check();
  }
}
