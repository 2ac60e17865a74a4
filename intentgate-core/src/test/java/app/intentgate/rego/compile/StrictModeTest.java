package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Strict mode: variables and parameters that nothing uses are refused. */
class StrictModeTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if x := 1
      => 3:6 compile: assigned var x unused
      --
      p if { x := 1 }
      => 3:8 compile: assigned var x unused
      --
      p if { x := 1; y := 2 }
      => 3:8 compile: assigned var x unused
      => 3:16 compile: assigned var y unused
      --
      p if { x := 1; y := x }
      => 3:16 compile: assigned var y unused
      --
      p if { [x, y] := [1, 2]; x }
      => 3:8 compile: assigned var y unused
      --
      p if { {"a": x} := {"a": 1} }
      => 3:8 compile: assigned var x unused
      --
      p := [1 | x := 1]
      => 3:11 compile: assigned var x unused
      --
      p := {1 | x := 1}
      => 3:11 compile: assigned var x unused
      --
      p := {1: 2 | x := 1}
      => 3:14 compile: assigned var x unused
      --
      p if { count([1 | x := 1]) > 0 }
      => 3:19 compile: assigned var x unused
      --
      p if every x in [1] { x; y := 2 }
      => 3:26 compile: assigned var y unused
      --
      p if { every x in [1] { y := x; y } }
      => ok
      --
      p if { x := 1 } else if { y := 2 }
      => 3:8 compile: assigned var x unused
      => 3:27 compile: assigned var y unused
      --
      p if not [1 | x := 1]
      => 3:15 compile: assigned var x unused
      --
      p if { x := 1; z := [y | y := x] }
      => 3:16 compile: assigned var z unused
      --
      p if { x := 1; y := [x | x := 2]; y }
      => 3:8 compile: assigned var x unused
      --
      f(x) if y := x
      => 3:9 compile: assigned var y unused
      --
      p := y if { x := 1; y := 2 }
      => 3:13 compile: assigned var x unused
      --
      p if { some x in [1] }
      => ok
      --
      p if { some x, y in [1]; y }
      => ok
      --
      p if { some [x, y] in [[1, 2]]; x }
      => ok
      --
      p if some x
      => 3:6 compile: declared var x unused
      --
      p if { some x, y; input[x] }
      => 3:8 compile: declared var y unused
      """)
  void unused_variables_are_refused(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).strict().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      p if { x := 1; x > 0 }
      => ok
      --
      p := x if x := 1
      => ok
      --
      p contains x if x := 1
      => ok
      --
      p[x] := y if { x := 1; y := 2 }
      => ok
      --
      p := [x | x := 1]
      => ok
      --
      p if { x := 1; y := [x | true]; y }
      => ok
      --
      p if { x := 1; every y in [1] { y == x } }
      => ok
      --
      p if { x := 1; not x }
      => ok
      --
      p if { x := 1; true with input as x }
      => ok
      --
      p if { x := 1; f(x) }
      f(x) if x
      => ok
      --
      p if { x := 1; input[x] }
      => ok
      --
      p if { x := "a"; $"{x}" }
      => ok
      --
      p if { _ := 1 }
      => ok
      --
      p if { [_, x] := [1, 2]; x }
      => ok
      --
      p if { x := 1 ; x }
      => ok
      --
      p if { some i; input[i] }
      => ok
      --
      f(x, y) := 1 if { x } else := 2 if { y }
      => ok
      --
      f([x, _], {"k": y}) if x < y
      => ok
      --
      f(_)
      => ok
      """)
  void used_ones_are_not(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).strict().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      f(x) := 1
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f(x, y) := x
      => 3:1 compile: unused argument y. (hint: use _ (wildcard variable) instead)
      --
      f(x, y) := 1
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      => 3:1 compile: unused argument y. (hint: use _ (wildcard variable) instead)
      --
      f(x, _) := 1
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f([x, y]) := x
      => 3:1 compile: unused argument y. (hint: use _ (wildcard variable) instead)
      --
      f({"a": x}) := 1
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f(x) if true
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f(x) := 1 if { true } else := 2
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f(x) := 1 if { x := 2 }
      => 3:16 compile: arg x redeclared
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f(x) := [x | x := 1]
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      f(x, x) := 1
      => ok
      --
      f(1, x) := 1

      f(2, x) := x
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      default f(x) := 1
      => 3:9 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      --
      a.f(x) := 1
      => 3:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      """)
  void unused_parameters_are_refused(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).strict().errors());
  }
}
