package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** What is no declaration, quantifier, negation or replacement, and where that is told. */
class BrokenExpressionsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if { some }
      => 3:13 parse: unexpected } token: expected var
      --
      p if { some 1 }
      => 3:13 parse: unexpected number token: expected var
      --
      p if { some "x" }
      => 3:13 parse: unexpected string token: expected var
      --
      p if { some x, }
      => 3:16 parse: unexpected } token: expected var
      --
      p if { some x y }
      => 3:15 parse: unexpected identifier token: expected \\n or ; or }
      --
      p if { some x.y }
      => 3:14 parse: unexpected . token: expected \\n or ; or }
      --
      p if { some [x] }
      => 3:13 parse: unexpected [ token: expected var
      --
      p if { some x := 1 }
      => 3:15 parse: unexpected assign token: expected \\n or ; or }
      --
      p if { some x = 1 }
      => 3:15 parse: unexpected eq token: expected \\n or ; or }
      --
      p if { some x in }
      => 3:15 parse: unexpected in keyword: expected \\n or ; or }
      --
      p if { some x in xs ys }
      => 3:21 parse: unexpected identifier token: expected \\n or ; or }
      --
      p if { some a, b, c in xs }
      => 3:21 parse: unexpected in keyword: expected \\n or ; or }
      --
      p if { some f(x) }
      => 3:18 parse: unexpected } token: expected `x in xs` or `x, y in xs` expression
      --
      p if { some x == 1 }
      => 3:20 parse: unexpected } token: expected `x in xs` or `x, y in xs` expression
      --
      p if { some (x in xs) in ys }
      => ok
      --
      p if { every }
      => 3:14 parse: unexpected } token
      --
      p if { every x }
      => 3:16 parse: unexpected } token: expected `x[, y] in xs { ... }` expression
      --
      p if { every x in xs }
      => 3:22 parse: unexpected } token: missing body
      --
      p if { every x in xs { } }
      => 3:24 parse: found empty body
      --
      p if { every x in xs x }
      => 3:22 parse: unexpected identifier token: missing body
      --
      p if { every x { x } }
      => 3:16 parse: unexpected { token: expected `x[, y] in xs { ... }` expression
      --
      p if { every x input.xs { x } }
      => 3:16 parse: unexpected identifier token: expected `x[, y] in xs { ... }` expression
      --
      p if { every 1 in xs { true } }
      => 3:22 parse: unexpected { token: expected value to be a variable
      --
      p if { every [x] in xs { x } }
      => 3:24 parse: unexpected { token: expected value to be a variable
      --
      p if { every x, 1 in xs { x } }
      => 3:25 parse: unexpected { token: expected value to be a variable
      --
      p if { every "k", x in xs { x } }
      => 3:27 parse: unexpected { token: expected key to be a variable
      --
      p if { every x, y, z in xs { x } }
      => 3:15 parse: unexpected , token: expected `x[, y] in xs { ... }` expression
      --
      p if { every x in xs { x } { y } }
      => 3:28 parse: unexpected { token: expected \\n or ; or }
      --
      p if { every x == 1 { x } }
      => 3:21 parse: unexpected { token: expected `x[, y] in xs { ... }` expression
      --
      p if { not }
      => 3:12 parse: unexpected } token
      --
      p if { not some x }
      => 3:12 parse: unexpected some keyword: illegal negation of 'some'
      --
      p if { not some x in xs }
      => 3:12 parse: unexpected some keyword: illegal negation of 'some'
      --
      p if { not every x in xs { x } }
      => 3:12 parse: unexpected every keyword: illegal negation of 'every'
      --
      p if { not not x }
      => 3:12 parse: unexpected not keyword
      --
      p if { x not y }
      => 3:10 parse: unexpected not keyword: expected \\n or ; or }
      --
      p if { not { x; y } }
      => 3:15 parse: unexpected ; token: non-terminated set
      --
      p if { x with }
      => 3:15 parse: unexpected } token: expected ident
      --
      p if { x with input }
      => 3:21 parse: unexpected } token: expected as keyword
      --
      p if { x with input as }
      => 3:24 parse: unexpected } token
      --
      p if { x with 1 as 2 }
      => 3:15 parse: unexpected number token: expected ident
      --
      p if { x with "input" as 2 }
      => 3:15 parse: unexpected string token: expected ident
      --
      p if { x with f(1) as 2 }
      => 3:20 parse: unexpected as keyword: expected with target path
      --
      p if { x with [input] as 2 }
      => 3:15 parse: unexpected [ token: expected ident
      --
      p if { x with input.y as 1, input.z as 2 }
      => 3:27 parse: unexpected , token: expected \\n or ; or }
      --
      p if { x with input = 1 }
      => 3:21 parse: unexpected eq token: expected as keyword
      --
      p if { x with as 1 }
      => 3:15 parse: unexpected as keyword: expected ident
      --
      p if { with input as 1 }
      => 3:8 parse: unexpected with keyword
      --
      p if { some x with input as 1 }
      => 3:15 parse: unexpected with keyword: expected \\n or ; or }
      """)
  void what_is_no_such_expression_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
