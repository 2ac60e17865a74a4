package app.intentgate.rego;

import org.junit.jupiter.params.ParameterizedTest;

/** Comprehensions: what they collect, and what of their surroundings they see. */
class ComprehensionValuesTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := [x | some x in [3, 1, 2, 1]]
      => [3,1,2,1]
      --
      p := {x | some x in [3, 1, 2, 1]}
      => {1, 2, 3}
      --
      p := {x: y | some x, y in ["a", "b"]}
      => {0: "a", 1: "b"}
      --
      p := {"k": x | some x in [1, 1]}
      => {"k":1}
      --
      p := {"k": x | some x in [1, 2]}
      => eval_conflict_error: object keys must be unique
      --
      p := [x | x := 1; false]
      => []
      --
      p := {x | x := 1; false}
      => set()
      --
      p := {x: 1 | x := 1; false}
      => {}
      --
      p := [1 | true]
      => [1]
      --
      p := [1 | input.x]
      => []
      --
      p := [x | some x in [true, false, null]]
      => [true,false,null]
      --
      p := [x | some x in {"b": 1, "a": 2}]
      => [2,1]
      --
      p := [x | some x in {3, 1, 2}]
      => [1,2,3]
      --
      p := [x | some x in input.none]
      => []
      --
      p := [[x, y] | some x in [1, 2]; some y in [3, 4]]
      => [[1,3],[1,4],[2,3],[2,4]]
      --
      p := [[y | some y in x] | some x in [[1], [2, 3], []]]
      => [[1],[2,3],[]]
      --
      p := [y | some x in [[1], [2, 3]]; some y in x]
      => [1,2,3]
      --
      p := {[x, y] | some x in [1, 2]; some y in [1, 2]; x < y}
      => {[1, 2]}
      --
      p := x if { y := 2; x := [z | some z in [1, 2, 3]; z >= y] }
      => [2,3]
      --
      p := x if { x := [z | some z in [1, 2, 3]; z >= y]; y = 2 }
      => [2,3]
      --
      p := x if { y := 5; x := [y | y := 1] }
      => [1]
      --
      p := [x, y] if { y := 5; x := [z | z := y] }
      => [[5],5]
      --
      p := [x | x = [1, 2][_]]
      => [1,2]
      --
      p := [i | [1, 2][i] == 2]
      => [1]
      --
      p := [[i, v] | v := ["a", "b"][i]]
      => [[0,"a"],[1,"b"]]
      --
      p := {k | {"a": 1, "b": 2}[k] > 1}
      => {"b"}
      --
      p := {k | some k; {"a": 1, "b": 2}[k]}
      => {"a", "b"}
      --
      p := count([x | some x in [1, 2, 3]; x % 2 == 1])
      => 2
      --
      p if [x | x := 1] == [1]
      => true
      --
      p if [x | x := 1]
      => true
      --
      p if {x | x := 1; false}
      => true
      --
      p := [x | some x in [1, 2]][1]
      => 2
      --
      p := {x | some x in [1, 2]} - {1}
      => {2}
      --
      p := {x | some x in [1]} | {x | some x in [2]}
      => {1, 2}
      --
      p := f([x | some x in [1, 2]])
      f(xs) := count(xs)
      => 2
      --
      f(xs) := [x | some x in xs; x > 1]
      p := f([1, 2, 3])
      => [2,3]
      --
      p := [x | some x in q]
      q contains 2
      q contains 1
      => [1,2]
      --
      p := [x | q[x]]
      q contains 2
      q contains 1
      => [1,2]
      --
      p := [[k, x] | x := q[k]]
      q.b := 1
      q.a := 2
      => [["a",2],["b",1]]
      --
      p contains x if { some y in [[1], [2]]; x := [z | some z in y] }
      => {[1], [2]}
      --
      p := {x: [y | some y in ys; y != x] | some x in ys}
      ys := ["a", "b"]
      => {"a":["b"],"b":["a"]}
      --
      p := [x | x := {"a": 1, "b": [2]}[_]]
      => [1,[2]]
      --
      p := [x | not false; x := 1]
      => [1]
      --
      p := [x | every y in [1, 2] { y > 0 }; x := 1]
      => [1]
      --
      p := [x | x := 1 with input as 2]
      => [1]
      --
      p := [x | x := input with input as 2]
      => [2]
      --
      p := [x | {"a": x} = {"a": 1}]
      => [1]
      --
      p := [[x, y] | [x, [y]] := [1, [2]]]
      => [[1,2]]
      --
      p := [x | some {"n": x} in [{"n": 1}, {"m": 2}, {"n": 3, "m": 4}]]
      => [1]
      --
      p := [x | some {"n": x, "t": "y"} in [{"n": 1, "t": "y"}, {"n": 2, "t": "z"}]]
      => [1]
      --
      p := [x | some [1, x] in [[1, 2], [3, 4], [1, 5]]]
      => [2,5]
      """)
  void the_value_is(RegoRow row) {
    row.isAnsweredByEvaluation();
  }
}
