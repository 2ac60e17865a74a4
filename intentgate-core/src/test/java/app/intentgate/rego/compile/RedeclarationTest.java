package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Variables that are declared twice, after use, or over what must not be hidden. */
class RedeclarationTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if { x := 1; x := 2 }
      => 3:16 compile: var x assigned above
      --
      p if { x := 1; some x; x = 1 }
      => 3:16 compile: var x assigned above
      --
      p if { some x; x := 1 }
      => 3:16 compile: var x declared above
      --
      p if { some x, x; x = 1 }
      => 3:8 compile: var x declared above
      --
      p if { some x in [1]; some x in [2] }
      => 3:23 compile: var x declared above
      --
      p if { some x in [1]; x := 2 }
      => 3:23 compile: var x declared above
      --
      p if { x := 1; some x in [1] }
      => 3:16 compile: var x assigned above
      --
      p if { x = 1; x := 2 }
      => 3:15 compile: var x referenced above
      --
      p if { x = 1; some x in [2] }
      => 3:15 compile: var x referenced above
      --
      p if { y := x; x := 1 }
      => 3:16 compile: var x referenced above
      --
      p if { input[x]; x := 1 }
      => 3:18 compile: var x referenced above
      --
      p if { x := 1; [x, y] := [1, 2] }
      => 3:17 compile: var x assigned above
      --
      p if { [x, x] := [1, 1] }
      => 3:12 compile: var x assigned above
      --
      p if { {"a": x, "b": x} := {"a": 1, "b": 1} }
      => 3:22 compile: var x assigned above
      --
      p if { x := 1; {"a": x} := {"a": 1} }
      => 3:22 compile: var x assigned above
      --
      f(x) if x := 1
      => 3:9 compile: arg x redeclared
      --
      f(x) if some x in [1]
      => 3:9 compile: arg x redeclared
      --
      f([x]) if x := 1
      => 3:11 compile: arg x redeclared
      --
      f({"a": x}) if x := 1
      => 3:16 compile: arg x redeclared
      --
      f(x) if { y := 1; some x }
      => 3:19 compile: arg x redeclared
      --
      f(x) := y if { false } else := y if { x := 1; y := x }
      => 3:39 compile: arg x redeclared
      --
      p if every x, x in [1] { x }
      => 3:6 compile: var x declared above
      --
      f(x) if every x in [1] { x }
      => ok
      --
      p if { x := 1; every x in [1] { x } }
      => ok
      --
      p if every x in [1] { x := 2; x }
      => 3:23 compile: var x declared above
      --
      p if every x in [1] { some x; x = 1 }
      => 3:23 compile: var x declared above
      --
      p := [x | x := 1; x := 2]
      => 3:19 compile: var x assigned above
      --
      p := {x | some x in [1]; some x in [2]}
      => 3:26 compile: var x declared above
      --
      p if { x := 1; x := 2; x := 3 }
      => 3:16 compile: var x assigned above
      => 3:24 compile: var x assigned above
      --
      p if { x := 1; x := 2; y := 1; y := 2 }
      => 3:16 compile: var x assigned above
      => 3:32 compile: var y assigned above
      --
      p if { x := 1; x := 2 }
      q if { y := 1; y := 2 }
      => 3:16 compile: var x assigned above
      => 4:16 compile: var y assigned above
      --
      p if { x := x + 1 }
      => 3:8 compile: var x referenced above
      --
      p if x.y := 1
      => 3:6 compile: cannot assign to ref
      --
      p if { _ := 1; _ := 2 }
      => ok
      --
      p if { [_, _] := [1, 2] }
      => ok
      --
      p if { some _ in [1]; some _ in [2] }
      => ok
      """)
  void it_is_refused_where_the_second_declaration_stands(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
