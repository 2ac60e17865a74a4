package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Rules with else: branches in their order, each with a value and a body of its own. */
class ElseChainsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if { false } else := 1
      => p if false else p := 1
      --
      p if false
      else := 1 if false
      else := 2
      => p if false else p := 1 if false else p := 2
      --
      p := 1 if { false } else := 2 if { false } else := 3 if { true }
      => p := 1 if false else p := 2 if false else p := 3 if true
      --
      p if { false } else if { true }
      => p if false else p if true
      --
      p if { false } else = 2 if { true }
      => p if false else p = 2 if true
      --
      p if { false } else := {x | x := 1} if true
      => p if false else p := {x | assign(x, 1)} if true
      --
      f(x) := 1 if { x == 1 } else := 2 if { x == 2 } else := x
      => f(x) := 1 if equal(x, 1) else f(x) := 2 if equal(x, 2) else f(x) := x
      --
      f(_, x) := 1 if { x } else := 2
      => f(_, x) := 1 if x else f(_, x) := 2
      --
      p.q.r := 1 if { false } else := 2
      => p.q.r := 1 if false else p.q.r := 2
      --
      p["a"] := 1 if { false } else := 2
      => p.a := 1 if false else p.a := 2
      --
      p := 1 if { false } else := 2 q := 3
      => p := 1 if false else p := 2
      => q := 3
      --
      p if false else if true
      => p if false else p if true
      --
      p if {
        false
      }
      else := 1 if {
        true
      } else := 2
      => p if false else p := 1 if true else p := 2
      """)
  void branches_hang_on_their_rule(RegoRow row) {
    row.isAnsweredBy(Parsing.printed(row.module(), Parsing.V1));
  }

  @ParameterizedTest
  @RegoTable(
      """
      p := 1 if { false } else := 2 if { true } else := 3
      => 2
      --
      p := 1 if { false } else := 2 if { false } else := 3
      => 3
      --
      p := 1 if { true } else := 2
      => 1
      --
      p if { false } else if { true }
      => true
      --
      p if { false } else if { false }
      => undefined
      --
      p if { false } else := false if { true } else := 2
      => false
      --
      f(x) := "one" if { x == 1 } else := "two" if { x == 2 } else := "many"
      p := [f(1), f(2), f(3)]
      => ["one","two","many"]
      --
      f(x) := y if { y := x; x > 5 } else := y if { y := x * 2 }
      p := [f(6), f(3)]
      => [6,6]
      --
      p if { false } else := x if { x := 7 }
      => 7
      --
      q := input.x if { input.x } else := 9
      p := q
      => 9
      --
      p := 1 if { input.a == 1 } else := 2 if { not input.a }
      => 2
      --
      default p := 0
      p := 1 if { false } else := 2 if { false }
      => 0
      --
      p := 1 if { input.x } else := 2
      p := 2 if { true } else := 3
      => 2
      --
      p := 1 if { true } else := 2
      p := 3 if { true } else := 4
      => eval_conflict_error: complete rules must not produce multiple outputs
      """)
  void a_branch_has_its_value(RegoRow row) {
    row.isAnsweredByEvaluation();
  }

  @ParameterizedTest
  @RegoTable(
      """
      p if { true } else
      => 3:18 parse: unexpected eof token: expected else value term or rule body
      --
      p if { true } else :=
      => 3:21 parse: unexpected eof token
      --
      p if { true } else := 1 if
      => 3:26 parse: unexpected eof token: rule body expected
      --
      p if { true } else := 1 if {
      => 3:28 parse: unexpected eof token
      --
      p if { true } else := 1 if { }
      => 3:30 parse: found empty body
      --
      p if { true } else if
      => 3:21 parse: unexpected eof token: rule body expected
      --
      p if { true } else {
      => 3:20 parse: unexpected eof token
      --
      p if { true } else { false }
      => 3:15 parse: `if` keyword is required before rule body
      --
      p if { true } else := 1 { false }
      => 3:15 parse: `if` keyword is required before rule body
      --
      p if { true } else := 1 else := 2
      => 3:25 parse: unexpected else keyword
      --
      p if { true } else contains 1
      => 3:20 parse: unexpected contains keyword: expected else value term or rule body
      --
      p if { true } else 1
      => 3:20 parse: unexpected number token: expected else value term or rule body
      --
      p if { true } else not false
      => 3:20 parse: unexpected not keyword: expected else value term or rule body
      --
      p if { true } else := 1 + if true
      => 3:27 parse: unexpected if keyword
      --
      p := 1 else := 2
      => 3:8 parse: unexpected else keyword
      --
      else := 1
      => 3:1 parse: unexpected else keyword
      --
      p contains 1 if { true } else := 2
      => 3:26 parse: else keyword cannot be used on multi-value rules
      --
      p contains 1 if { true } else if { true }
      => 3:26 parse: else keyword cannot be used on multi-value rules
      --
      p[x] := 1 if { x := 1 } else := 2
      => 3:25 parse: else keyword cannot be used on rules with variables in head
      --
      p[x] if { x := 1 } else := 2
      => 3:20 parse: else keyword cannot be used on rules with variables in head
      --
      p.q[x].r := 1 if { x := 1 } else := 2
      => 3:29 parse: else keyword cannot be used on rules with variables in head
      --
      default p := 1 else := 2
      => 3:16 parse: unexpected else keyword
      --
      p if { false } else := 1 if { true } { false }
      => 3:38 parse: expected else keyword
      """)
  void what_is_no_branch_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
