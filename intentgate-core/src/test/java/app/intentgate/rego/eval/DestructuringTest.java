package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** What {@code =} and {@code :=} take apart, in either direction. */
class DestructuringTest {
  @Expressions(
      """
      if [x, y] = [1, 2]; x == 1; y == 2 => true
      if [1, x] = input.a; x == 2 => true
      if [2, _] = input.a => undefined
      if [_] = input.a => undefined
      if [_, _, _] = input.a => undefined
      if [] = input.empty => true
      if [_, _] = input.o => undefined
      if [_, _] = input.s => undefined
      if [x, x] = input.a => undefined
      if [x, x] = [input.n, 1.0] => true
      [x | [x, _] = input.a] => [1]
      [x | [_, [x, _]] = [0, input.a]] => [1]
      [[x, y] | [x, [y, _]] = [input.a, input.a]] => [[[1, 2], 1]]
      """)
  void arrays_fit_by_length_and_item(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [x | {"k": x} = input.o] => ["v"]
      if {"k": "v"} = input.o => true
      if {"k": "w"} = input.o => undefined
      if {} = input.o => undefined
      if {"k": _, "l": _} = input.o => undefined
      if {"l": _} = input.o => undefined
      if {"k": _} = input.a => undefined
      if k := "k"; {k: v} = input.o; v == "v" => true
      if k := "l"; {k: _} = input.o => undefined
      [x | {1: x} = {1.0: input.s}] => ["text"]
      [x | {"a": {"b": [x, _]}} = {"a": {"b": input.a}}] => [1]
      """)
  void objects_fit_when_they_have_the_same_keys(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [[x, y] | [x, 2] = [1, y]] => [[1, 2]]
      [[x, y, z] | [x, [y, 2]] = [1, [3, z]]] => [[1, 3, 2]]
      [[x, y] | {"a": x, "b": 2} = {"a": 1, "b": y}] => [[1, 2]]
      if [x, "text"] = [input.s, x] => true
      if [x, "other"] = [input.s, x] => undefined
      if x = y; y = z; z = 3; x == 3 => true
      if [x, y] = [y, 4]; x == 4 => true
      if x = [y, 1]; y = 2; x == [2, 1] => true
      """)
  void both_sides_may_hold_what_is_not_known_yet(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if [x, y] := [1, 2]; x + y == 3 => true
      if [x, [y, z]] := [1, [2, 3]]; x + y + z == 6 => true
      if {"k": v} := input.o; v == "v" => true
      if [x] := input.a => undefined
      if [x, y] := input.o => undefined
      if x := input.missing => undefined
      if [x, y] := [1, input.missing] => undefined
      if x := 1; x == 1.0 => true
      """)
  void an_assignment_takes_apart_what_fits(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      value =
          """
          [i | input.a[i] = 2] => [1]
          [i | 2 = input.a[i]] => [1]
          [k | input.o[k] = "v"] => ["k"]
          [[i, v] | v = input.a[i]] => [[0, 1], [1, 2]]
          [[i, j] | input.a[i] = input.a[j]] => [[0, 0], [1, 1]]
          [x | {"deep": [{"x": x}, _]} = data.doc[_]] => [1, 2]
          [x | [x, "b"] = data.pairs[_]] => [1, 3]
          [[i, x] | [x, x] = data.twins[i]] => [[1, 5]]
          """,
      data =
          "{'doc': {'a': {'deep': [{'x': 1}, 0]}, 'b': {'deep': [{'x': 2}, 0]}, 'c': 1},"
              + " 'pairs': [[1, 'b'], [2, 'c'], [3, 'b']], 'twins': [[4, 5], [5, 5.0]]}")
  void a_pattern_goes_through_every_item(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      input =
          "{'short': {'name': 'n', 'tags': ['a']}, 'n': 1, 's': 'text', 'nil': null, 't': true,"
              + " 'long': {'name': 'n', 'tags': ['a', 'b'], 'more': 1}, 'empty': [],"
              + " 'o': {'k': 'v'}}",
      rules =
          """
          pair([x, y]) := x + y

          named({"name": n, "tags": [first, _]}) := [n, first]

          same(x, x) := "same"

          kind(null) := "null"

          kind(1) := "one"

          kind("text") := "text"

          kind([]) := "empty"

          kind({"k": _}) := "object"
          """,
      value =
          """
          pair([1, 2]) => 3
          pair(input.empty) => undefined
          pair(input.o) => undefined
          named({"name": "n", "tags": ["a", "b"]}) => ["n", "a"]
          named(input.short) => undefined
          named(input.long) => undefined
          same(1, 1.0) => "same"
          same(1, 2) => undefined
          same(input.o, {"k": "v"}) => "same"
          kind(input.nil) => "null"
          kind(input.n) => "one"
          kind(1.0) => "one"
          kind(input.s) => "text"
          kind(input.empty) => "empty"
          kind(input.o) => "object"
          kind(input.t) => undefined
          """)
  void arguments_of_functions_are_patterns(ExpressionTable.Line line) {
    line.check();
  }
}
