package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Variables that get a value somewhere in their body, wherever that stands. */
class SafeVariablesTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if { x > 1; x = input.a }
      => ok
      --
      p if { not x; x = input.a }
      => ok
      --
      p if { y = x; x = 1 }
      => ok
      --
      p if { [x, y] = [y, 1] }
      => ok
      --
      p if { [x, [y]] = input.a; x < y }
      => ok
      --
      p if { {"a": x} = input; x }
      => ok
      --
      p if { {"a": x, "b": y} = {"a": 1, "b": [x]}; y }
      => ok
      --
      p if { input[x] > 1; x }
      => ok
      --
      p if { input[x][y].z[x]; y > 1 }
      => ok
      --
      p if { some x; input[x] }
      => ok
      --
      p if { count([x | x = input[_]]) > 0 }
      => ok
      --
      p if { x = [y | y > z; y = 1]; z = 0 }
      => ok
      --
      p if { every x in y { x > z }; y = [1]; z = 2 }
      => ok
      --
      p if { x > 1 with input as y; x = 1; y = 2 }
      => ok
      --
      p if { walk(input, [x, y]); x; y }
      => ok
      --
      p if { f(x, y); x = 1; y = 2 }
      f(a, b) if a < b
      => ok
      --
      p if { f(1, x); x > 1 }
      f(a) := a
      => ok
      --
      p := [x, y] if { x := 1; y := x }
      => ok
      --
      p contains [x, y] if { some x, y in input }
      => ok
      --
      p[x][y] := z if { z := input[x][y] }
      => ok
      --
      f([x, {"k": y}], z) := [x, y, z]
      => ok
      --
      f(x) if { y = x; y > 1 }
      => ok
      --
      p if { plus(1, 2, x); x > 1 }
      => ok
      --
      p if { x = input.a; not input.b[x] }
      => ok
      """)
  void what_has_a_value_by_then_is_not(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
