package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Functions of version 0 that version 1 and strict mode refuse. */
class DeprecatedFunctionsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := all([true])
      => 3:6 type: deprecated built-in function calls in expression: all
      --
      p := any([true])
      => 3:6 type: deprecated built-in function calls in expression: any
      --
      p := cast_array([1])
      => 3:6 type: deprecated built-in function calls in expression: cast_array
      --
      p := cast_boolean(true)
      => 3:6 type: deprecated built-in function calls in expression: cast_boolean
      --
      p := cast_null(null)
      => 3:6 type: deprecated built-in function calls in expression: cast_null
      --
      p := cast_object({})
      => 3:6 type: deprecated built-in function calls in expression: cast_object
      --
      p := cast_set({1})
      => 3:6 type: deprecated built-in function calls in expression: cast_set
      --
      p := cast_string("a")
      => 3:6 type: deprecated built-in function calls in expression: cast_string
      --
      p := net.cidr_overlap("10.0.0.0/8", "10.0.0.1")
      => 3:6 type: deprecated built-in function calls in expression: net.cidr_overlap
      --
      p := re_match("a", "a")
      => 3:6 type: deprecated built-in function calls in expression: re_match
      --
      p := set_diff({1}, {2})
      => 3:6 type: deprecated built-in function calls in expression: set_diff
      --
      p if { any([true]); all([true]) }
      => 3:8 type: deprecated built-in function calls in expression: any
      => 3:21 type: deprecated built-in function calls in expression: all
      --
      p := [any([x]) | x := true]
      => 3:7 type: deprecated built-in function calls in expression: any
      --
      p if every x in [[true]] { any(x) }
      => 3:28 type: deprecated built-in function calls in expression: any
      --
      f(x) := any(x)
      => 3:9 type: deprecated built-in function calls in expression: any
      --
      p if true else := any([true])
      => 3:19 type: deprecated built-in function calls in expression: any
      --
      any(x) := x
      p := any([true])
      => ok
      """)
  void version_1_refuses_them(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      p = all([true])
      => ok
      --
      p { any([true]) }
      => ok
      --
      p = set_diff({1}, {2})
      => ok
      --
      p = re_match("a", "a")
      => ok
      """)
  void version_0_lets_them_pass(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).v0().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      p = all([true])
      => 3:5 type: deprecated built-in function calls in expression: all
      --
      p { any([true]) }
      => 3:5 type: deprecated built-in function calls in expression: any
      --
      p = set_diff({1}, {2})
      => 3:5 type: deprecated built-in function calls in expression: set_diff
      """)
  void strict_mode_does_not(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).v0().strict().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      package test
      import rego.v1
      p if any([true])
      => 3:6 type: deprecated built-in function calls in expression: any
      """)
  void nor_what_imports_version_1(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.modules()).v0().errors());
  }
}
