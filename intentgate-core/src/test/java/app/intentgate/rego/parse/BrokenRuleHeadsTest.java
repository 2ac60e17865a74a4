package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** What is no rule, and where that is told. */
class BrokenRuleHeadsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p
      => 3:1 parse: var cannot be used for rule name
      --
      p.q.r == 1
      => 3:1 parse: rule name conflicts with built-in function
      --
      p; q
      => 3:1 parse: multiple expressions cannot be used for rule head
      --
      p; q := 1
      => 3:1 parse: multiple expressions cannot be used for rule head
      --
      p := 1; q := 2
      => 3:1 parse: multiple expressions cannot be used for rule head
      --
      p := x if x := 1; y := 2
      => 3:17 parse: unexpected ; token
      --
      p.q
      => 3:1 parse: `contains` keyword is required for partial set rules
      --
      p["a b"].c
      => 3:1 parse: rule must have value assignment and/or body declaration
      --
      p==1
      => 3:2 parse: unexpected equal token
      --
      p with input as 1
      => 3:1 parse: expressions using with keyword cannot be used for rule head
      --
      p := 1 with input as 1
      => 3:1 parse: expressions using with keyword cannot be used for rule head
      --
      not p
      => 3:1 parse: negated expressions cannot be used for rule head
      --
      some p
      => 3:1 parse: 'some' declarations cannot be used for rule head
      --
      some p in q
      => 3:1 parse: 'some' declarations cannot be used for rule head
      --
      every p in q { p }
      => 3:1 parse: expression cannot be used for rule head
      --
      1
      => 3:1 parse: number cannot be used for rule name
      --
      null
      => 3:1 parse: null cannot be used for rule name
      --
      "p"
      => 3:1 parse: string cannot be used for rule name
      --
      [p]
      => 3:1 parse: array cannot be used for rule name
      --
      {p}
      => 3:1 parse: set cannot be used for rule name
      --
      {"p": 1}
      => 3:1 parse: object cannot be used for rule name
      --
      [p | p := 1]
      => 3:1 parse: arraycomprehension cannot be used for rule name
      --
      p + q
      => 3:1 parse: rule name conflicts with built-in function
      --
      p == 1
      => 3:1 parse: rule name conflicts with built-in function
      --
      p in q
      => 3:1 parse: rule name conflicts with built-in function
      --
      p := q := 1
      => 3:8 parse: unexpected assign token
      --
      [p, q] := [1, 2]
      => 3:1 parse: array cannot be used for rule name
      --
      count(x)
      => 3:1 parse: rule name conflicts with built-in function
      --
      count([1]) == 1
      => 3:1 parse: rule name conflicts with built-in function
      --
      f()
      => 3:1 parse: rule argument list must take at least one argument
      --
      f(x).y := 1
      => 3:1 parse: invalid rule head: f(x).y
      --
      f(x)[y] := 1
      => 3:1 parse: invalid rule head: f(x)[y]
      --
      [1][0] := 1
      => 3:1 parse: invalid rule head: [1][0]
      --
      {"a": 1}.a := 1
      => 3:1 parse: invalid rule head: {"a": 1}.a
      --
      p contains
      => 3:10 parse: unexpected eof token
      => 3:10 parse: unexpected eof token: expected rule key term (e.g., p contains <VALUE> { ... })
      --
      p contains if true
      => 3:12 parse: unexpected if keyword
      => 3:12 parse: unexpected if keyword: expected rule key term (e.g., p contains <VALUE> { ...
         })
      --
      p contains x := 1
      => 3:14 parse: unexpected assign token
      --
      f(x) contains y if y := x
      => 3:6 parse: unexpected contains keyword: the contains keyword can only be used with
         multi-value rule definitions (e.g., f contains <VALUE> { ... })
      --
      p := 1 contains 2
      => 3:8 parse: var cannot be used for rule name
      => 3:17 parse: number cannot be used for rule name
      --
      p if
      => 3:4 parse: unexpected eof token
      --
      p if if true
      => 3:12 parse: unexpected eof token: expected \\n or ; or }
      --
      p if {
      => 3:6 parse: unexpected eof token
      --
      p if { true
      => 3:11 parse: unexpected eof token: expected \\n or ; or }
      --
      p if true }
      => 3:11 parse: unexpected } token
      --
      p if { true }}
      => 3:14 parse: unexpected } token
      --
      p if { true false }
      => 3:13 parse: unexpected false keyword: expected \\n or ; or }
      --
      p if ; true
      => 3:11 parse: unexpected eof token: expected \\n or ; or }
      --
      p { true }
      => 3:1 parse: `if` keyword is required before rule body
      --
      f(x) { x }
      => 3:1 parse: `if` keyword is required before function body
      --
      p[x] { x := 1 }
      => 3:1 parse: `if` keyword is required before rule body
      => 3:1 parse: `contains` keyword is required for partial set rules
      --
      p := 1 { true }
      => 3:1 parse: `if` keyword is required before rule body
      --
      p[x] contains y { x := 1; y := 2 }
      => 3:1 parse: `if` keyword is required before rule body
      --
      p contains x { x := 1 }
      => 3:1 parse: `if` keyword is required before rule body
      --
      p.q { true }
      => 3:1 parse: `if` keyword is required before rule body
      => 3:1 parse: `contains` keyword is required for partial set rules
      --
      p if { true } { false }
      => ok
      --
      p - 1
      => 3:1 parse: rule name conflicts with built-in function
      --
      p <= 1 if true
      => 3:8 parse: unexpected if keyword
      --
      p :
      => 3:3 parse: unexpected : token
      --
      p ::= 1
      => 3:3 parse: unexpected : token
      --
      p = := 1
      => 3:5 parse: unexpected assign token
      => 3:5 parse: unexpected assign token: expected rule value term (e.g., p[<nil>] = <VALUE> {
         ... })
      """)
  void what_is_no_rule_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
