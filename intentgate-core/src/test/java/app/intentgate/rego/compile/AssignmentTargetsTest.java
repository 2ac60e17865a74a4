package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** What can stand to the left of an assignment. */
class AssignmentTargetsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if 1 := 2
      => 3:6 compile: cannot assign to number
      --
      p if "a" := 2
      => 3:6 compile: cannot assign to string
      --
      p if null := 2
      => 3:6 compile: cannot assign to null
      --
      p if true := 2
      => 3:6 compile: cannot assign to boolean
      --
      p if input.x := 2
      => 3:6 compile: cannot assign to ref
      --
      p if q := 2
      q := 1
      => ok
      --
      p if q.x := 2
      q := {}
      => 3:6 compile: cannot assign to ref
      --
      p if q(1) := 2
      q(x) := x
      => 3:6 compile: cannot assign to call
      --
      p if [1] := [1]
      => 3:7 compile: cannot assign to number
      --
      p if [x, 1] := [1, 1]
      => 3:10 compile: cannot assign to number
      --
      p if [x, input.y] := [1, 1]
      => 3:10 compile: cannot assign to ref
      --
      p if {"a": 1} := {"a": 1}
      => 3:12 compile: cannot assign to number
      --
      p if {x} := {1}
      => 3:6 compile: cannot assign to set
      --
      p if set() := 1
      => 3:6 compile: cannot assign to set
      --
      p if [x | x = 1] := 1
      => 3:6 compile: cannot assign to arraycomprehension
      --
      p if {x | x = 1} := 1
      => 3:6 compile: cannot assign to setcomprehension
      --
      p if {x: 1 | x = 1} := 1
      => 3:6 compile: cannot assign to objectcomprehension
      --
      p if x + 1 := 2
      => 3:6 compile: cannot assign to call
      --
      p if count([1]) := 1
      => 3:6 compile: cannot assign to call
      --
      p if $"a" := 1
      => 3:6 compile: cannot assign to templatestring
      --
      p if not x := 1
      => 3:6 compile: cannot assign vars inside negated expression
      --
      p if { x := 1; not x := 1 }
      => 3:16 compile: cannot assign vars inside negated expression
      --
      p if { [[x]] := [[1]]; x }
      => ok
      --
      p if { {"a": {"b": [x]}} := {"a": {"b": [1]}}; x }
      => ok
      --
      p if { k := "a"; {k: x} := {"a": 1}; x }
      => 3:18 unsafe_var: var k is unsafe
      => 3:18 unsafe_var: var x is unsafe
      """)
  void only_patterns_of_variables_can_be_assigned_to(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
