package app.intentgate.rego;

import org.junit.jupiter.params.ParameterizedTest;

/** Rules with refs, keys and elements in their heads: the documents they make together. */
class RuleHeadValuesTest {
  @ParameterizedTest
  @RegoTable(
      """
      p.a.b := 1
      => {"a":{"b":1}}
      --
      p.a := 1
      p.b := 2
      => {"a":1,"b":2}
      --
      p["a b"] := 1
      => {"a b":1}
      --
      p[1] := "x"
      => {1: "x"}
      --
      p[null] := 1
      p[true] := 2
      p[[1]] := 3
      => {null: 1, true: 2, [1]: 3}
      --
      p[x] := y if some x, y in {"a": 1, "b": 2}
      => {"a":1,"b":2}
      --
      p[x][y] := z if some [x, y, z] in [["a", "b", 1], ["a", "c", 2]]
      => {"a":{"b":1,"c":2}}
      --
      p.a[x] := 1 if some x in ["b", "c"]
      p.a.d := 2
      => {"a":{"b":1,"c":1,"d":2}}
      --
      p[x].n := 1 if some x in ["a", "b"]
      p[x].m := 2 if some x in ["b", "c"]
      => {"a":{"n":1},"b":{"n":1,"m":2},"c":{"m":2}}
      --
      p[x] := 1 if some x in ["a", "b"]
      p.c := 2
      => {"a":1,"b":1,"c":2}
      --
      p[x] := 1 if some x in []
      => {}
      --
      p.a contains 1
      p.a contains 2
      p.b contains 1
      => {"a":[1,2],"b":[1]}
      --
      p[x] contains y if some [x, y] in [["a", 1], ["b", 2], ["a", 3]]
      => {"a":[1,3],"b":[2]}
      --
      p contains x if some x in [3, 1, 2, 1]
      => {1, 2, 3}
      --
      p contains x if some x in []
      => set()
      --
      p contains [x, y] if { some x in [1, 2]; some y in ["a"] }
      => {[1, "a"], [2, "a"]}
      --
      p contains {"k": x} if some x in [1, 2]
      => {{"k": 1}, {"k": 2}}
      --
      p contains false
      p contains null
      => {null, false}
      --
      p["a"] if true
      => {"a":true}
      --
      p[x] if some x in ["a", "b"]
      => {"a":true,"b":true}
      --
      p := q.a
      q.a := 1 if true
      q.b := 2 if false
      => 1
      --
      p := q
      q.a := 1 if true
      q.b := 2 if false
      => {"a":1}
      --
      p := q
      q[x] := y if { x := "a"; y := 1 }
      q[x] := y if { x := "a"; y := 1 }
      => {"a":1}
      --
      p := q
      q[x] := y if { x := "a"; some y in [1, 2] }
      => eval_conflict_error: object keys must be unique
      --
      p := q
      q.a := 1
      q[x] := 2 if x := "a"
      => eval_conflict_error: object keys must be unique
      --
      p := q
      q := 1 if true
      q := 2 if true
      => eval_conflict_error: complete rules must not produce multiple outputs
      --
      p := q
      q := 1 if true
      q := 1 if true
      => 1
      --
      p := q
      q := false if true
      => false
      --
      p := q
      default q := 1
      q := 2 if false
      => 1
      --
      p := q
      default q := 1
      q if false
      => 1
      --
      p := q
      default q := false
      q if true
      => true
      --
      p := q.a.b
      default q.a.b := 1
      q.a.b := 2 if false
      => 1
      --
      p := q.f(2)
      q.f(x) := x * 2
      => 4
      --
      p := [x | some x in q.s]
      q.s contains 1
      => [1]
      --
      p := x if q[x] == 2
      q.a := 1
      q.b := 2
      => "b"
      --
      p := [k | some k, _ in q]
      q[k] := 1 if some k in ["b", "a"]
      => ["a","b"]
      --
      p := q["a"]["b"]
      q[x][y] := 1 if { x := "a"; y := "b" }
      => 1
      --
      p := q[input_][input_]
      input_ := "a"
      q[x][y] := 1 if { x := "a"; y := "a" }
      => 1
      --
      p if q.a
      q.a := false
      => undefined
      --
      p if not q.a
      q.b := 1
      => true
      --
      p if q["x"]
      q contains "x"
      => true
      --
      p if not q["y"]
      q contains "x"
      => true
      --
      p := count(q)
      q contains x if some x in [1, 1.0, "1"]
      => 2
      --
      p := q[_]
      q contains [1]
      => [1]
      --
      p := x if [x, 2] = q[_]
      q contains [1, 2]
      q contains [3, 4]
      => 1
      --
      p := {k: v | some k, v in q}
      q[k] := v if some k, v in ["a", "b"]
      => {0: "a", 1: "b"}
      --
      p := q[0]
      q[k] := v if some k, v in ["a", "b"]
      => "a"
      --
      p := object.keys(q)
      q["x"] := 1
      q.y := 2
      => {"x", "y"}
      """)
  void the_document_is(RegoRow row) {
    row.isAnsweredByEvaluation();
  }
}
