package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Variables that nothing gives a value to, and where that is told. */
class UnsafeVariablesTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if x
      => 3:6 unsafe_var: var x is unsafe
      --
      p if x > 1
      => 3:6 unsafe_var: var x is unsafe
      --
      p if not x
      => 3:6 unsafe_var: var x is unsafe
      --
      p if x.y
      => 3:6 unsafe_var: var x is unsafe
      --
      p if x[y]
      => 3:6 unsafe_var: var x is unsafe
      => 3:6 unsafe_var: var y is unsafe
      --
      p if input[x] == y
      => 3:6 unsafe_var: var y is unsafe
      --
      p if {
        x > 1
        y < x
        not z
      }
      => 4:3 unsafe_var: var x is unsafe
      => 5:3 unsafe_var: var y is unsafe
      => 6:3 unsafe_var: var z is unsafe
      --
      p := x
      => 3:6 unsafe_var: var x is unsafe
      --
      p := [x, {"k": y}]
      => 3:7 unsafe_var: var x is unsafe
      => 3:16 unsafe_var: var y is unsafe
      --
      p contains x
      => 3:12 unsafe_var: var x is unsafe
      --
      p[x] := 1
      => 3:3 unsafe_var: var x is unsafe
      --
      p[x].q := y if x := 1
      => 3:11 unsafe_var: var y is unsafe
      --
      f(x) := y
      => 3:9 unsafe_var: var y is unsafe
      --
      f(x) if y
      => 3:9 unsafe_var: var y is unsafe
      --
      p if x == 1
      => 3:6 unsafe_var: var x is unsafe
      --
      p if x != 1
      => 3:6 unsafe_var: var x is unsafe
      --
      p if 1 < x
      => 3:6 unsafe_var: var x is unsafe
      --
      p if x in [1]
      => 3:6 unsafe_var: var x is unsafe
      --
      p if { x in [1]; x = 1 }
      => ok
      --
      p if count(x) == 1
      => 3:6 unsafe_var: var x is unsafe
      --
      p if count(x, 1)
      => 3:6 unsafe_var: var x is unsafe
      --
      p if x = y
      => 3:6 unsafe_var: var x is unsafe
      => 3:6 unsafe_var: var y is unsafe
      --
      p if [x, y] = [1, z]
      => 3:6 unsafe_var: var y is unsafe
      => 3:6 unsafe_var: var z is unsafe
      --
      p if {"a": x} = {"b": 1}
      => 3:6 unsafe_var: var x is unsafe
      --
      p if {x} = {1}
      => 3:6 unsafe_var: var x is unsafe
      --
      p if { {x: 1} = {"a": 1} }
      => 3:8 unsafe_var: var x is unsafe
      --
      p if x := x
      => 3:6 compile: var x referenced above
      --
      p if { x := y; y := x }
      => 3:16 compile: var y referenced above
      --
      p if { x = y + 1 ; y = x + 1 }
      => 3:8 unsafe_var: var x is unsafe
      => 3:12 unsafe_var: var y is unsafe
      --
      p if { x = f(y); y = f(x) }
      f(z) := z
      => 3:8 unsafe_var: var x is unsafe
      => 3:12 unsafe_var: var y is unsafe
      --
      p if { some x; x > 1 }
      => 3:16 unsafe_var: var x is unsafe
      --
      p if { some x in y; x }
      => 3:8 unsafe_var: var x is unsafe
      => 3:8 unsafe_var: var y is unsafe
      --
      p if { some x in xs }
      => 3:8 unsafe_var: var x is unsafe
      => 3:8 unsafe_var: var xs is unsafe
      --
      p if { some x, y in input; z }
      => 3:28 unsafe_var: var z is unsafe
      --
      p if every x in y { x }
      => 3:17 unsafe_var: var y is unsafe
      --
      p if every x in [1] { x > 0; y }
      => 3:30 unsafe_var: var y is unsafe
      --
      p if { every x in [y] { x }; y }
      => 3:19 unsafe_var: var y is unsafe
      --
      p if { every x in [1] { x > 0; z = x }; z }
      => 3:8 unsafe_var: var z is unsafe
      --
      p := [x | y = 1]
      => 3:6 unsafe_var: var x is unsafe
      --
      p := {x: y | x = 1}
      => 3:6 unsafe_var: var y is unsafe
      --
      p := [1 | x]
      => 3:11 unsafe_var: var x is unsafe
      --
      p := [x | x = y]
      => 3:11 unsafe_var: var x is unsafe
      => 3:11 unsafe_var: var y is unsafe
      --
      p if { [x | x = 1]; x }
      => 3:8 unsafe_var: var x is unsafe
      --
      p if { x > 1; y = [x | x = 1] }
      => 3:8 unsafe_var: var x is unsafe
      --
      p if not input[x] == x
      => 3:6 unsafe_var: var x is unsafe
      --
      p if { not input.a[x]; x = 1 }
      => ok
      --
      p if { not input.a[x]; not x }
      => 3:8 unsafe_var: var x is unsafe
      --
      p if true with input as x
      => 3:6 unsafe_var: var x is unsafe
      --
      p if true with input.a as [x]
      => 3:6 unsafe_var: var x is unsafe
      --
      p if { x with input as 1 }
      => 3:8 unsafe_var: var x is unsafe
      --
      p if walk(x, [y, z])
      => 3:6 unsafe_var: var x is unsafe
      => 3:6 unsafe_var: var y is unsafe
      => 3:6 unsafe_var: var z is unsafe
      --
      p if walk(input, [x, y])
      => ok
      --
      p := $"{x}"
      => 3:9 unsafe_var: var x is unsafe
      --
      p if false else := x
      => 3:20 unsafe_var: var x is unsafe
      --
      p if false else if x
      => 3:12 unsafe_var: var x is unsafe
      --
      p := 1 if false else := y if { x := 1 }
      => 3:25 unsafe_var: var y is unsafe
      --
      p if _ > 1
      => 3:6 unsafe_var: var _ is unsafe
      --
      p if _ = _
      => 3:6 unsafe_var: var _ is unsafe
      => 3:6 unsafe_var: var _ is unsafe
      --
      p if input[_] = _
      => ok
      --
      default p := 1
      p := x if y
      => 4:6 unsafe_var: var x is unsafe
      --
      p if p_q
      => 3:6 unsafe_var: var p_q is unsafe
      --
      p if input.x = x.y
      => 3:6 unsafe_var: var x is unsafe
      --
      p if json.unmarshal("{}") = x.y
      => 3:6 unsafe_var: var x is unsafe
      """)
  void they_are_refused_at_their_first_use(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      p if x
      q if x
      => 3:6 unsafe_var: var x is unsafe
      => 4:6 unsafe_var: var x is unsafe
      --
      p if { x; x; y; x }
      => 3:8 unsafe_var: var x is unsafe
      => 3:14 unsafe_var: var y is unsafe
      --
      p if { y > x; x > y }
      => 3:8 unsafe_var: var y is unsafe
      => 3:8 unsafe_var: var x is unsafe
      --
      f(a) := b if { c }
      g(a) := a if d
      => 3:9 unsafe_var: var b is unsafe
      --
      p := x if y
      => 3:6 unsafe_var: var x is unsafe
      --
      p if {
        not x
        q[y]
        y.z
      }
      q contains 1
      => 4:3 unsafe_var: var x is unsafe
      """)
  void every_rule_is_told_of_and_every_variable_once(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
