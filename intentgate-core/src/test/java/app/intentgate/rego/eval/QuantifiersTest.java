package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** {@code some}, {@code every} and {@code in}. */
class QuantifiersTest {
  @Expressions(
      """
      if every x in [1, 2] { x > 0 } => true
      if every x in [1, 2] { x > 1 } => undefined
      if every x in {1, 2} { x < 3 } => true
      if every x in {"a": 1, "b": 2} { x < 3 } => true
      if every i, x in [0, 1] { i == x } => true
      if every k, v in {"a": "a", "b": "b"} { k == v } => true
      if every k, v in {"a": "a", "b": "c"} { k == v } => undefined
      if every k, v in {1, 2} { k == v } => true
      if every x in [1, 2] { x > 0; x < 2 } => undefined
      if every x in input.a { y := x * 2; y in {2, 4} } => true
      if every x in input.a { some y in [1, 2, 3]; y > x } => true
      if every x in input.a { some y in [1, 2]; y > x } => undefined
      if every x in input.a { not x == 3 } => true
      """)
  void every_holds_when_the_body_holds_for_each_item(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if every x in [] { x == 0 } => true
      if every x in {} { x == 0 } => true
      if every x in set() { x == 0 } => true
      if every x in input.empty { x == 0 } => true
      if every _ in input.missing { true } => undefined
      if every _ in input.s { true } => undefined
      if every _ in input.n { true } => undefined
      if every _ in input.nil { true } => undefined
      if every x in [true, false] { x } => undefined
      if every x in [0, null] { x == x } => true
      if every x in [{"v": 1}, {}] { x.v == 1 } => undefined
      """)
  void every_holds_for_an_empty_domain_and_not_for_what_is_no_collection(
      ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if every x in [[1], [2, 3]] { every y in x { y > 0 } } => true
      if every x in [[1], [2, -3]] { every y in x { y > 0 } } => undefined
      if every x in [1, 2] { every y in [3, 4] { x < y } } => true
      if x := 9; every y in [1, 2] { y < x } => true
      if x := 9; every x in [1, 2] { x < 3 }; x == 9 => true
      [y | some y in [1, 2, 3]; every x in [1, 2] { x <= y }] => [2, 3]
      [every_positive | every_positive := [x | some x in [[1], [-1, 2]]; every y in x { y > 0 }]] => [[[1]]]
      count([1 | every x in [1, 2, 3] { x > 0 }]) => 1
      """)
  void every_nests_sees_what_is_around_and_holds_once(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [x | some x in [3, 1, 3]] => [3, 1, 3]
      [x | some x in {3, 1, 3}] => [1, 3]
      [x | some x in {"b": 1, "a": 2}] => [2, 1]
      [[i, x] | some i, x in ["a", "b"]] => [[0, "a"], [1, "b"]]
      [[k, v] | some k, v in {"b": 1, "a": 2}] => [["a", 2], ["b", 1]]
      [[k, v] | some k, v in {5, 4}] => [[4, 4], [5, 5]]
      [x | some x in []] => []
      [x | some x in input.missing] => []
      [x | some x in input.s] => []
      [x | some x in input.n] => []
      [x | some [x, 1] in [[7, 1], [8, 2], [9, 1]]] => [7, 9]
      [n | some {"name": n} in [{"name": "a"}, {"name": "b", "more": 1}, {"name": "c"}]] => ["a", "c"]
      [i | some i, "x" in ["x", "y", "x"]] => [0, 2]
      [v | some "a", v in {"a": 1, "b": 2}] => [1]
      [x | some x in [1, 2, 3]; x != 2] => [1, 3]
      [[x, y] | some x in [1, 2]; some y in [x, 5]] => [[1, 1], [1, 5], [2, 2], [2, 5]]
      """)
  void some_in_goes_through_a_collection_in_its_order(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [i | some i; input.a[i] == 2] => [1]
      [[i, k] | some i, k; input.a[i] == 1; input.o[k] == "v"] => [[0, "k"]]
      [k | some k; input.o[k]] => ["k"]
      {x | some x; [x, _] = [[1, 0], [2, 0]][_]} => {1, 2}
      if some i; input.a[i] > 1 => true
      if some i; input.a[i] > 2 => undefined
      if x := 1; [x | some x; x = 2] == [2]; x == 1 => true
      """)
  void some_makes_new_variables(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      1 in input.a => true
      1.0 in input.a => true
      3 in input.a => false
      2 in {1, 2} => true
      "v" in input.o => true
      "k" in input.o => false
      "k", "v" in input.o => true
      "k", "w" in input.o => false
      0, 1 in input.a => true
      1, 1 in input.a => false
      1, 1 in {1, 2} => true
      1, 2 in {1, 2} => false
      [1] in [[1], [2]] => true
      {"a": 1} in {{"a": 1.0}} => true
      null in [null] => true
      false in [false] => true
      "t" in input.s => false
      1 in input.n => false
      1 in input.missing => undefined
      input.missing in input.a => undefined
      [1 in input.a, 5 in input.a] => [true, false]
      {1 in input.a: "known"} => {true: "known"}
      """)
  void in_asks_for_values_or_for_a_key_with_its_value(ExpressionTable.Line line) {
    line.check();
  }
}
