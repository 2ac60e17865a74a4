package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Arrays, sets and objects that are made from a body. */
class ComprehensionsTest {
  @Expressions(
      """
      [x | x := 1] => [1]
      [x | false; x := 1] => []
      {x | false; x := 1} => set()
      {x: 1 | false; x := 1} => {}
      [x | some x in [2, 1, 2]] => [2, 1, 2]
      {x | some x in [2, 1, 2]} => {1, 2}
      {x | some x in [1, 1.0, "1"]} => {1, "1"}
      {x: y | some x, y in ["a", "b"]} => {0: "a", 1: "b"}
      {v: k | some k, v in input.o} => {"v": "k"}
      [plus(x, 1) | some x in input.a] => [2, 3]
      [[x, {x}] | some x in input.a] => [[1, {1}], [2, {2}]]
      [1 | some _ in input.a; some _ in input.a] => [1, 1, 1, 1]
      {1 | some _ in input.a} => {1}
      count({[x, y] | some x in [1, 2, 3]; some y in [1, 2, 3]; x < y}) => 3
      sum([x | some x in input.a]) => 3
      """)
  void each_solution_of_the_body_gives_an_item(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      {x: 1 | some x in [1, 1]} => {1: 1}
      {1: x | some x in [2, 2.0]} => {1: 2}
      {1: x | some x in [2, 3]} => conflict: object keys must be unique
      {k: v | some v, k in ["a", "b", "a"]} => conflict: object keys must be unique
      {k: v | some k in ["a"]; some v in {1, 2}} => conflict: object keys must be unique
      {k: v | some k in ["a"]; some v in {1, 2}; v < 2} => {"a": 1}
      [{k: v | some v, k in ["a"]} | some _ in [1, 2]] => [{"a": 0}, {"a": 0}]
      """)
  void an_object_has_one_value_for_a_key_or_there_is_a_conflict(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [[y | some y in x] | some x in [[1, 2], [3]]] => [[1, 2], [3]]
      [[x, [y | some y in [1, 2, 3]; y > x]] | some x in [1, 2]] => [[1, [2, 3]], [2, [3]]]
      {x: {y | some y in [1, 2, 3]; y < x} | some x in [1, 3]} => {1: set(), 3: {1, 2}}
      [x | some x in [y | some y in [1, 2, 3]; y > 1]] => [2, 3]
      [x | x := [y | some y in input.a][_]] => [1, 2]
      [s | some x in [1, 2]; s := sum([y | some y in [x, x]])] => [2, 4]
      [o | some x in [1, 2]; o := {"x": x, "less": [y | some y in input.a; y < x]}] => [{"less": [], "x": 1}, {"less": [1], "x": 2}]
      """)
  void a_comprehension_sees_the_variables_around_it(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if x := 5; [x | some x in [1, 2]] == [1, 2]; x == 5 => true
      if ys := [x | some x in [1, 2]]; x := 7; count(ys) == x - 5 => true
      if some x in [1, 2]; [y | some y in [1, 2]; y == x] == [2] => true
      [[a, b] | a := [x | some x in [1]]; b := [x | some x in [2]]] => [[[1], [2]]]
      [x | x := input.n; input.n == x] => [1]
      """)
  void its_own_variables_stay_inside(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [x | some x in {"b", "a", 2, 10, null, true, [0], {"k": 1}, {1}}] => [null, true, 2, 10, "a", "b", [0], {"k": 1}, {1}]
      [k | some k, _ in {"b": 0, "a": 0, 1: 0, null: 0}] => [null, 1, "a", "b"]
      [x | some x in {"\\uffff", "😀", "a"}] => ["a", "\\uffff", "😀"]
      [x | some x in {[1, 2], [1], [0, 9], []}] => [[], [0, 9], [1], [1, 2]]
      [x | some x in {{"b": 1}, {"a": 2}, {"a": 1, "b": 0}}] => [{"a": 1, "b": 0}, {"a": 2}, {"b": 1}]
      [x | some x in {-1, -1.5, 0, 1e3, 20}] => [-1.5, -1, 0, 20, 1e3]
      """)
  void sets_and_objects_are_gone_through_in_the_order_of_values(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      value =
          """
          [x | some x in data.xs; data.ok[x]] => ["a", "c"]
          {x | data.ok[x]} => {"a", "c"}
          {x | some x; data.ok[x] == false} => {"b"}
          {k: n | some k, v in data.groups; n := count(v)} => {"g": 2, "h": 0}
          {m | some g; m := data.groups[g][_]} => {"ann", "bob"}
          {g | some g; "ann" in data.groups[g]} => {"g"}
          """,
      data =
          "{'xs': ['a', 'b', 'c', 'd'], 'ok': {'a': true, 'b': false, 'c': 1},"
              + " 'groups': {'g': ['ann', 'bob'], 'h': []}}")
  void they_join_and_group_documents(ExpressionTable.Line line) {
    line.check();
  }
}
