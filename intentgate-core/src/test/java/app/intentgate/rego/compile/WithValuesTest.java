package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** What a replacement changes, where and for how long. */
class WithValuesTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if input.x == 1 with input as {"x": 1}
      => true
      --
      p if input.x == 1 with input.x as 1
      => true
      --
      p := x if x := input.x with input.x as 1
      => 1
      --
      # input {"x": 1, "y": 2}
      p := x if x := [input.x, input.y] with input.x as 3
      => [3,2]
      --
      # input {"x": {"y": 1, "z": 2}}
      p := x if x := input with input.x.y as 3
      => {"x":{"y":3,"z":2}}
      --
      p := x if x := input with input.x as 1 with input.y as 2
      => {"x":1,"y":2}
      --
      p := x if x := input with input as {"a": 1} with input.b as 2
      => {"a":1,"b":2}
      --
      p := x if x := input with input.b as 2 with input as {"a": 1}
      => {"a":1}
      --
      p := x if x := q with q as 2

      q := 1
      => 2
      --
      p := x if x := q with data.test.q as 2

      q := 1
      => 2
      --
      p := x if x := data.other with data.other as {"a": 1}
      => {"a":1}
      --
      p := x if x := data.other.a with data.other.a as 1
      => 1
      --
      p := x if x := q with r as 2

      q := r + 1

      r := 1
      => 3
      --
      # input {}
      p := [q, x, q] if x := q with input.a as 2

      q := object.get(input, "a", 0)
      => [0,2,0]
      --
      p := x if x := f(1) with f as 7

      f(x) := x
      => 7
      --
      p := x if x := f(1) with f as g

      f(x) := x

      g(x) := x * 10
      => 10
      --
      p := x if x := count([1, 2]) with count as 7
      => 7
      --
      p := x if x := count([1, 2]) with count as g

      g(x) := x[0] + 100
      => 101
      --
      p := x if x := count([1, 2]) with count as sum
      => 3
      --
      p := x if x := q with time.now_ns as 5

      q := time.now_ns()
      => 5
      --
      p := x if x := q with http_ as 1

      q := http_

      http_ := 0
      => 1
      --
      p if not input.x with input as {"x": false}
      => true
      --
      p if not q with input.x as 1

      q if input.x == 2
      => true
      --
      p := [x | some y in [1, 2]; x := q with input.a as y]

      q := input.a * 10
      => [10,20]
      --
      p if every y in [1, 2] { q == y with input.a as y }

      q := input.a
      => true
      --
      p := x if { y := 5; x := q with input.a as y }

      q := input.a
      => 5
      --
      p := x if x := q with input as {"a": 1}

      q := input.a if input.a > 0
      => 1
      --
      p := x if { x := q with input.a as r }

      q := input.a

      r := 3
      => 3
      --
      p := x if x := s with input.n as 2

      s contains i if some i in numbers.range(1, input.n)
      => {1, 2}
      --
      p := x if x := q with q as null

      q := 1
      => null
      --
      p := x if x := [q, q] with q as 2

      q := 1
      => [2,2]
      --
      p := x if x := f(2) with g as 5

      f(x) := x + g

      g := 1
      => 7
      --
      p := x if { some x in input.xs with input.xs as [4] }
      => 4
      --
      default q := 0

      q := 1 if input.a

      p := [x, q] if x := q with input.a as true
      => [1,0]
      --
      p := x if x := concat(",", ["a"]) with concat as f

      f(_, _) := "mock"
      => "mock"
      --
      p := x if x := q with count as 3 with input.a as 4

      q := count([]) + input.a
      => 7
      """)
  void what_can_be_has_its_replacement(RegoRow row) {
    row.isAnsweredByEvaluation();
  }
}
