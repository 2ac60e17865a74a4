package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Functions: several definitions of one, patterns as parameters, defaults. */
class FunctionsTest {
  @ParameterizedTest
  @RegoTable(
      """
      f(1) := "one"
      f(2) := "two"
      f(x) := "many" if x > 2
      p := [f(1), f(2), f(3)]
      => ["one","two","many"]
      --
      f(x) := 1 if x == 1
      p := f(2)
      => undefined
      --
      f(x) := 1 if x > 0
      f(x) := 1 if x > 1
      p := f(2)
      => 1
      --
      f(x) := 1 if x > 0
      f(x) := 2 if x > 1
      p := f(2)
      => eval_conflict_error: functions must not produce multiple outputs for same inputs
      --
      f(x) := 1 if x > 0
      f(x) := 2 if x > 1
      p := f(1)
      => 1
      --
      default f(_) := "none"
      f(1) := "one"
      p := [f(1), f(2), f(null)]
      => ["one","none","none"]
      --
      default f(_) := "none"
      f(x) := x.y
      p := [f({"y": 1}), f({})]
      => [1,"none"]
      --
      default f(_) := "none"
      f(_) := false
      p := f(1)
      => false
      --
      f([x, y]) := x + y
      p := [f([1, 2])]
      => [3]
      --
      # input {"a": [1]}
      f([x, y]) := x + y
      p := f(input.a)
      => undefined
      --
      # input {"a": {"x": 1}}
      f([x, y]) := x + y
      p := f(input.a)
      => undefined
      --
      # input {"a": [2, 3]}
      f([x, y]) := x + y
      p := f(input.a)
      => 5
      --
      f({"k": x}) := x
      p := f({"k": 1})
      => 1
      --
      # input {"a": {"k": 1, "l": 2}}
      f({"k": x}) := x
      p := f(input.a)
      => undefined
      --
      f({"k": {"l": [x, _]}}) := x
      p := f({"k": {"l": [5, 6]}})
      => 5
      --
      f(x, x) := "same"
      p := [f(1, 1)]
      => ["same"]
      --
      f(x, x) := "same"
      p := f(1, 2)
      => undefined
      --
      f([x, x]) := "same"
      p := f([1, 1.0])
      => "same"
      --
      f("a", _) := 1
      f("b", _) := 2
      p := [f("a", 0), f("b", 0)]
      => [1,2]
      --
      f(null) := 1
      f(true) := 2
      f("") := 3
      f(0) := 4
      p := [f(null), f(true), f(""), f(0)]
      => [1,2,3,4]
      --
      f(true) := 1
      p := f(false)
      => undefined
      --
      f(x) if x
      p := f(true)
      => true
      --
      f(x) if x
      p := f(false)
      => undefined
      --
      f(x) := false
      p := f(1)
      => false
      --
      f(x) := x if x
      p := [y | y := f([true, 1, null, "a"][_])]
      => [true,1,null,"a"]
      --
      f(_) := 1
      f(_) := 1
      p := f(7)
      => 1
      --
      f(_, _) := 1
      p := f(1, 2)
      => 1
      --
      f({1, 2}) := "set"
      p := f({2, 1})
      => "set"
      --
      f(x) := {"v": x}
      p := f(1).v
      => 1
      --
      f(x) := {y | some y in x}
      p := f([2, 1, 2])
      => {1, 2}
      --
      f(x) := g(x) + 1
      g(x) := x * 2
      p := f(3)
      => 7
      --
      f(x) := x.a.b
      p := f({"a": {"b": 1}})
      => 1
      --
      f(x) := x[_]
      p := f([1])
      => 1
      --
      f(x) := x[_]
      p := f([1, 2])
      => eval_conflict_error: functions must not produce multiple outputs for same inputs
      --
      f(x) := y if y := x[_]
      p := f([1, 1])
      => 1
      --
      # input {"y": 1}
      f(x) := input.y + x
      p := [x | x := f(1) with input as {"y": 2}]
      => [3]
      --
      f(x) := y if { y := x; not y == 2 }
      p := [f(1)]
      => [1]
      --
      f(x) := 1 if { x } else := 2 if { not x } else := 3
      p := [f(true), f(false), f(null)]
      => [1,2,1]
      --
      f(x) := x
      p := f(f(f(1)))
      => 1
      --
      p := {f(x) | some x in [1, 2, 3]}
      f(x) := x % 2
      => {0, 1}
      """)
  void the_definitions_that_match_give_the_value(RegoRow row) {
    row.isAnsweredByEvaluation();
  }

  @ParameterizedTest
  @RegoTable(
      """
      f(x, y) := x + y
      p if f(1, 2, 3)
      => true
      --
      f(x, y) := x + y
      p if f(1, 2, 4)
      => undefined
      --
      p if plus(1, 2, 3)
      => true
      --
      f(x) := [x]
      p := y if f(1, y)
      => [1]
      --
      f(x) := [x, 2]
      p := y if f(1, [_, y])
      => 2
      --
      p := x if count([1, 2], x)
      => 2
      --
      f(x) if x > 1
      p := [f(2) | true]
      => [true]
      --
      f(x) if x > 1
      p := [f(1) | true]
      => []
      --
      a.b.f(x) := x
      p := data.test.a.b.f(1)
      => 1
      --
      count(x) := "own"
      p := count([1])
      => "own"
      --
      plus(x, y) := "own"
      p := 1 + 2
      => "own"
      --
      p := count(count_) if count_ := [1]
      => 1
      """)
  void a_function_takes_its_arguments_and_may_take_its_result(RegoRow row) {
    row.isAnsweredByEvaluation();
  }
}
