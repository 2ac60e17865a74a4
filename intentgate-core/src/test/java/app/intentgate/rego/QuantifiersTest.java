package app.intentgate.rego;

import org.junit.jupiter.params.ParameterizedTest;

/** every, not and some: what holds over empty, undefined and false. */
class QuantifiersTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if every x in [1, 2] { x > 0 }
      => true
      --
      p if every x in [1, 2] { x > 1 }
      => undefined
      --
      p if every _ in [] { false }
      => true
      --
      p if every _ in {} { false }
      => true
      --
      p if every _ in set() { false }
      => true
      --
      p if every _ in input.none { true }
      => undefined
      --
      # input {"xs": 5}
      p if every _ in input.xs { true }
      => undefined
      --
      # input {"xs": "abc"}
      p if every _ in input.xs { true }
      => undefined
      --
      p if every x in input.none { x }
      => undefined
      --
      p if every x in {"a": 1, "b": 1} { x == 1 }
      => true
      --
      p if every k, v in {"a": 1, "b": 2} { k != v }
      => true
      --
      p if every i, v in ["a", "b"] { i < 2; v != "c" }
      => true
      --
      p if every x in {1, 2} { x < 3 }
      => true
      --
      p if every x in [1, null] { x }
      => true
      --
      p if every x in [1, false] { x }
      => undefined
      --
      p if every x in [{"a": 1}, {}] { x.a }
      => undefined
      --
      p if every x in [[1, 2], [3]] { every y in x { y > 0 } }
      => true
      --
      p if { y := 2; every x in [1, 2] { x <= y } }
      => true
      --
      p if { every x in [1, 2] { x <= y }; y = 2 }
      => true
      --
      p if every x in [1, 2] { some y in [2, 3]; y > x }
      => true
      --
      p if every x in [1, 3] { some y in [2, 3]; y > x }
      => undefined
      --
      p if every x in [1, 2] { y := x + 1; y > 1 }
      => true
      --
      p if not every_
      every_ if every x in [1, 2] { x > 1 }
      => true
      --
      p if not false
      => true
      --
      p if not true
      => undefined
      --
      p if not null
      => undefined
      --
      p if not input.none
      => true
      --
      p if not input.none == 1
      => true
      --
      p if not 1 == 2
      => true
      --
      p if not q
      q if false
      => true
      --
      p if not q.x
      q := {"x": false}
      => true
      --
      p if not q.y
      q[x] := 1 if some x in ["x"]
      => true
      --
      p if not "a" in ["b"]
      => true
      --
      p if not count(input.none) == 0
      => undefined
      --
      p if not count([]) == 1
      => true
      --
      p if not f(1)
      f(x) if x == 2
      => true
      --
      p if { x := 1; not x == 2 }
      => true
      --
      p if { some x in [1, 2]; not x == 1 }
      => true
      --
      p := x if { some x in [1, 2]; not x == 1 }
      => 2
      --
      p if not not_
      not_ if not false
      => undefined
      --
      p if some x in [1]
      => true
      --
      p if some x in []
      => undefined
      --
      p if some x in [false]
      => true
      --
      p if { some x in [false, true]; x }
      => true
      --
      p if some 2 in [1, 2]
      => true
      --
      p if some 3 in [1, 2]
      => undefined
      --
      p if some 1, x in ["a", "b"]
      => true
      --
      p := x if some 1, x in ["a", "b"]
      => "b"
      --
      p := [k, v] if { some k, v in {"a": 1} }
      => ["a",1]
      --
      p if 1 in [1, 2]
      => true
      --
      p := 3 in [1, 2]
      => false
      --
      p if "b" in {"a": "b"}
      => true
      --
      p := "a" in {"a": "b"}
      => false
      --
      p if "a", "b" in {"a": "b"}
      => true
      --
      p := 1, "a" in ["a"]
      => false
      --
      p if 0, "a" in ["a"]
      => true
      --
      p := [1 in [2], 1 in [1]]
      => [false,true]
      --
      p if 1 in {1}
      => true
      --
      p := 1 in set()
      => false
      --
      p if { x := [1]; 1 in x }
      => true
      --
      p if null in [null]
      => true
      --
      # input {"x": "abc"}
      p := "a" in input.x
      => false
      """)
  void the_rule_is(RegoRow row) {
    row.isAnsweredByEvaluation();
  }
}
