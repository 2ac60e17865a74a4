package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Numbers: they keep the text they are written with, and what is no number is refused. */
class NumberLiteralsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := 1.50
      => 1.50
      --
      p := 100000000000000000000000000000000000001
      => 100000000000000000000000000000000000001
      --
      p := 1E-3
      => 1E-3
      --
      p := 1.5e+3
      => 1.5e+3
      --
      p := 0e5
      => 0e5
      --
      p := -0.5
      => -0.5
      --
      p := - 5
      => -5
      --
      p := -x if x := 5
      => -5
      --
      p := 1 -1
      => 0
      --
      p := 1- -1
      => 2
      --
      p := 1-1
      => 0
      --
      p := x-1 if x := 3
      => 2
      --
      p := 3 - 2 - 1
      => 0
      --
      p := [1,-1, 2 -3]
      => [1,-1,-1]
      --
      p := 1e400 == 10e399
      => true
      --
      p := 1.0
      => 1.0
      --
      p := {1, 1.0, 1e0}
      => {1}
      --
      p := [1e0, 10, 1.0] == [1, 10.0, 1]
      => true
      --
      p := {1: "a"}[1.0]
      => "a"
      --
      p := 9007199254740993 - 1
      => 9007199254740992
      --
      p := 0.1 + 0.2
      => 0.3
      """)
  void a_number_keeps_its_text_until_it_is_computed_with(RegoRow row) {
    row.isAnsweredByEvaluation();
  }

  @ParameterizedTest
  @RegoTable(
      """
      x := 01
      => 3:6 parse: unexpected number token: expected number without leading zero
      => 3:6 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 00
      => 3:6 parse: unexpected number token: expected number without leading zero
      => 3:6 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 007.5
      => 3:6 parse: unexpected number token: expected number without leading zero
      => 3:6 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := -01
      => 3:7 parse: unexpected number token: expected number without leading zero
      => 3:7 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 1.
      => 3:6 parse: expected fraction
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1.e5
      => 3:6 parse: expected fraction
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1e
      => 3:6 parse: expected exponent
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1e+
      => 3:6 parse: expected exponent
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1.5E-
      => 3:6 parse: expected exponent
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1abc
      => 3:6 parse: illegal number format
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 0x10
      => 3:6 parse: illegal number format
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1_000
      => 3:6 parse: illegal number format
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1e5e5
      => 3:6 parse: illegal number format
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 1e1000000
      => 3:6 parse: number too big
      => 3:6 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 1e-1000000
      => 3:6 parse: number too big
      => 3:6 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := -1e1000000
      => 3:7 parse: number too big
      => 3:7 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1e1000000]
      => 3:7 parse: number too big
      => 3:7 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := --5
      => 3:7 parse: unexpected minus token: expected number
      => 3:7 parse: unexpected minus token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := -"a"
      => 3:7 parse: unexpected string token: expected number
      => 3:7 parse: unexpected string token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := +5
      => 3:6 parse: unexpected plus token
      => 3:6 parse: unexpected plus token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := -
      => 3:6 parse: unexpected eof token: expected number
      => 3:6 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 1.2.3
      => 3:6 parse: illegal ref (head cannot be number)
      => 3:10 parse: unexpected number token: expected identifier
      => 3:10 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 1 .5
      => 3:8 parse: number cannot be used for rule name
      --
      x := 5.y
      => 3:6 parse: expected fraction
      => 3:6 parse: illegal number format
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      --
      x := 5["y"]
      => 3:6 parse: illegal ref (head cannot be number)
      --
      x := ..5
      => 3:7 parse: unexpected . token: expected number
      => 3:7 parse: unexpected . token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := -.
      => 3:7 parse: unexpected eof token: expected number
      => 3:7 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := .
      => 3:6 parse: unexpected eof token: expected number
      => 3:6 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      1 := 2
      => 3:1 parse: number cannot be used for rule name
      --
      1x := 2
      => 3:1 parse: illegal number format
      --
      x := 1.5x
      => 3:6 parse: illegal number format
      => 3:6 parse: illegal token
      => 3:6 parse: illegal token
      """)
  void what_is_no_number_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
