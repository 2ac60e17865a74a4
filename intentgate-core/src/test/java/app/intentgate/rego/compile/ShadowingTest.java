package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * What a declaration may hide: names outside of its scope, but no document and no function that is
 * called.
 */
class ShadowingTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if { x := 1; y := [x | x := 2]; x < y[0] }
      => ok
      --
      p if { y := [x | x := 2]; x := 1; x < y[0] }
      => ok
      --
      p if { x := 1 } else if { x := 2 }
      => ok
      --
      f(x) := 1 if { y := x } else := 2 if { y := x; y > 1 }
      => ok
      --
      p if { x := 1; z := {y | y := x}; w := {y | y := x}; z == w }
      => ok
      --
      p := x if { x := [x | x := 1] }
      => ok
      --
      x := 1
      p if { x := 2; x > 1 }
      => ok
      --
      p := [x | x := 1]
      q := [x | x := 1]
      => ok
      --
      f(x) := [x | x := 1]
      => ok
      --
      f(x) := [y | every x in [1] { x }; y := 1] if x
      => ok
      --
      p if { x := 1; every y in [1] { x == y } }
      => ok
      --
      p if { every x in [1] { x }; every x in [2] { x } }
      => ok
      --
      p if { every x in [1] { x }; x := 1 }
      => ok
      --
      import_ := 1
      p if { import_ := 2; import_ > 1 }
      => ok
      """)
  void elsewhere_the_name_is_free(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      input := 1
      => 3:1 compile: rules must not shadow input (use a different rule name)
      --
      data := 1
      => 3:1 compile: rules must not shadow data (use a different rule name)
      --
      input.x := 1
      => 3:1 compile: rules must not shadow input (use a different rule name)
      --
      data contains 1
      => 3:1 compile: rules must not shadow data (use a different rule name)
      --
      input(x) := x
      => 3:1 compile: rules must not shadow input (use a different rule name)
      --
      default input := 1
      => 3:1 compile: rules must not shadow input (use a different rule name)
      --
      f(input) := 1
      => 3:1 compile: args must not shadow input (use a different variable name)
      --
      f(x, data) := x
      => 3:1 compile: args must not shadow data (use a different variable name)
      --
      f([input]) := 1
      => 3:1 compile: args must not shadow input (use a different variable name)
      --
      p if input := 1
      => 3:6 compile: variables must not shadow input (use a different variable name)
      --
      p if { data := 1; data }
      => 3:8 compile: variables must not shadow data (use a different variable name)
      --
      p := [1 | input := 1]
      => 3:11 compile: variables must not shadow input (use a different variable name)
      --
      p if { not data := 1 }
      => 3:8 compile: variables must not shadow data (use a different variable name)
      --
      p if { count := 1; count([1]) == count }
      => 3:20 compile: called function count shadowed
      --
      p if { count := 1; x := count([1]) }
      => 3:25 compile: called function count shadowed
      --
      p if { f := 1; f(1) == f }
      f(x) := x
      => 3:16 compile: called function f shadowed
      --
      p if { some count in [1]; count([1]) }
      => 3:27 type: undefined function count
      --
      p if { upper := "a"; x := [upper("a") | true] }
      => 3:28 compile: called function upper shadowed
      --
      p if { strings := 1; strings.reverse("a") == strings }
      => 3:22 compile: called function strings.reverse shadowed
      """)
  void documents_and_called_functions_must_not_be_hidden(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
