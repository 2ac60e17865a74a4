package app.intentgate.rego;

import org.junit.jupiter.params.ParameterizedTest;

/** Equality in its three forms: comparing, unifying, assigning. */
class UnificationValuesTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := x if x = 1
      => 1
      --
      p := x if 1 = x
      => 1
      --
      p := [x, y] if [x, y] = [1, 2]
      => [1,2]
      --
      p := [x, y] if [x, 2] = [1, y]
      => [1,2]
      --
      p := x if { x = y; y = 1 }
      => 1
      --
      p := [x, y, z] if { x = y; y = z; z = 1 }
      => [1,1,1]
      --
      p := x if { x = 1; x = 1.0 }
      => 1
      --
      # input {"a": 2}
      p := x if { x = 1; x = input.a }
      => undefined
      --
      p := x if {"a": x} = {"a": 1}
      => 1
      --
      # input {"a": {"k": 1, "l": 2}}
      p := x if {"k": x} = input.a
      => undefined
      --
      # input {"a": {"k": 1}}
      p := x if {"k": x} = input.a
      => 1
      --
      # input {"a": [1, 2, 3]}
      p := x if [x, y] = input.a
      => undefined
      --
      # input {"a": [1, 2]}
      p := [x, y] if [x, y] = input.a
      => [1,2]
      --
      # input {"a": [1, 1]}
      p := x if [x, x] = input.a
      => 1
      --
      # input {"a": [1, 2]}
      p := x if [x, x] = input.a
      => undefined
      --
      p := x if [x, [y, {"k": z}]] = [1, [2, {"k": 3}]]
      => 1
      --
      p := [x, y] if { {"a": x, "b": y} = {"a": 1, "b": 2} }
      => [1,2]
      --
      p := k if { {"a": 1}[k] = 1 }
      => "a"
      --
      p := [i, j] if { [[1, 2], [3]][i][j] = 3 }
      => [1,0]
      --
      p := x if { x = {"a": 1}.a }
      => 1
      --
      p if 1 == 1.0
      => true
      --
      p if "1" == "1"
      => true
      --
      p if [1, {2}] == [1.0, {2}]
      => true
      --
      p if {"a": 1, "b": 2} == {"b": 2, "a": 1}
      => true
      --
      p if {1, 2} == {2, 1, 2}
      => true
      --
      p := 1 == 2
      => false
      --
      p := input.x == 1
      => undefined
      --
      p := 1 != 1
      => false
      --
      p if null == null
      => true
      --
      p := x if x := 1
      => 1
      --
      p := [x, y] if [x, y] := [1, 2]
      => [1,2]
      --
      # input {"a": [1, 2, 3]}
      p := x if [x, _] := input.a
      => undefined
      --
      p := x if { x := 1; x == 1 }
      => 1
      --
      p := x if { x := 1; x = 1 }
      => 1
      --
      p := x if { x := 1 + 1 }
      => 2
      --
      p := x if { [x, _, _] := [1, 2, 3] }
      => 1
      --
      p := x if { {"a": {"b": x}} := {"a": {"b": 1}} }
      => 1
      --
      p := [x, y] if { x := y; y = 1 }
      => [1,1]
      --
      p := x if x := input.none
      => undefined
      --
      p := x if { x := [y, z]; y = 1; z = 2 }
      => [1,2]
      --
      p if { _ = 1; _ = 2 }
      => true
      --
      p if [_, _] = [1, 2]
      => true
      --
      p := x if { x = [1, 2][_]; x > 1 }
      => 2
      --
      p := x if { walk([1, [2]], [[1, 0], x]) }
      => 2
      --
      p if 1 < 2
      => true
      --
      p if "a" < "b"
      => true
      --
      p if null < false
      => true
      --
      p if [1] < [1, 2]
      => true
      --
      p if {} < set()
      => true
      --
      p if "z" < [1]
      => true
      --
      p := 2 > "a"
      => false
      """)
  void the_value_is(RegoRow row) {
    row.isAnsweredByEvaluation();
  }
}
