package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Default rules: a constant value, and parameters that are names. */
class DefaultRulesTest {
  @ParameterizedTest
  @RegoTable(
      """
      default p := 1
      => default p := 1
      --
      default p = 1
      => default p = 1
      --
      default p := null
      => default p := null
      --
      default p := {"a": [1, {2}], "b": -3}
      => default p := {"a": [1, {2}], "b": -3}
      --
      default p := [x | x := input.y]
      => default p := [x | assign(x, input.y)]
      --
      default p := {x | x := input.y}
      => default p := {x | assign(x, input.y)}
      --
      default p := {x: 1 | x := input.y}
      => default p := {x: 1 | assign(x, input.y)}
      --
      default f(_) := 1
      => default f(_) := 1
      --
      default f(x, y) := 1
      => default f(x, y) := 1
      --
      default f(_, _) := 1
      => default f(_, _) := 1
      --
      default a.b.c := 1
      => default a.b.c := 1
      --
      default a["b c"] := 1
      => default a["b c"] := 1
      --
      default p := set()
      => default p := set()
      --
      default p := $"a"
      => default p := $"a"
      --
      default p := `raw`
      => default p := "raw"
      """)
  void defaults_are_read(RegoRow row) {
    row.isAnsweredBy(Parsing.printed(row.module(), Parsing.V1));
  }

  @ParameterizedTest
  @RegoTable(
      """
      default p
      => ok
      --
      default f(x)
      => ok
      --
      default p :=
      => 3:12 parse: unexpected eof token
      => 3:12 parse: unexpected eof token: expected default rule value term (e.g., default p :=
         <VALUE>)
      --
      default p := x
      => 3:1 parse: illegal default rule (value cannot contain var)
      --
      default p := input
      => 3:1 parse: illegal default rule (value cannot contain ref)
      --
      default p := input.x
      => 3:1 parse: illegal default rule (value cannot contain ref)
      --
      default p := data.x
      => 3:1 parse: illegal default rule (value cannot contain ref)
      --
      default p := q.r
      => 3:1 parse: illegal default rule (value cannot contain ref)
      --
      default p := count([1])
      => 3:1 parse: illegal default rule (value cannot contain call)
      --
      default p := 1 + 2
      => 3:1 parse: illegal default rule (value cannot contain call)
      --
      default p := -x
      => 3:1 parse: illegal default rule (value cannot contain call)
      --
      default p := [1, x]
      => 3:1 parse: illegal default rule (value cannot contain var)
      --
      default p := {"a": input.x}
      => 3:1 parse: illegal default rule (value cannot contain ref)
      --
      default p := {input.x: 1}
      => 3:1 parse: illegal default rule (value cannot contain ref)
      --
      default p := {x}
      => 3:1 parse: illegal default rule (value cannot contain var)
      --
      default p := [x, y, count(1)]
      => 3:1 parse: illegal default rule (value cannot contain var)
      => 3:1 parse: illegal default rule (value cannot contain var)
      => 3:1 parse: illegal default rule (value cannot contain call)
      --
      default p contains 1
      => 3:1 parse: illegal default rule (must have a value)
      --
      default p.q
      => 3:1 parse: illegal default rule (must have a value)
      --
      default f(1) := 1
      => 3:1 parse: illegal default rule (arguments cannot contain number)
      --
      default f("a", x) := 1
      => 3:1 parse: illegal default rule (arguments cannot contain string)
      --
      default f([x]) := 1
      => 3:1 parse: illegal default rule (arguments cannot contain array)
      --
      default f({"a": x}) := 1
      => 3:1 parse: illegal default rule (arguments cannot contain object)
      --
      default f(input) := 1
      => 3:1 parse: illegal default rule (arguments cannot contain ref)
      --
      default f(x, x) := 1
      => 3:1 parse: illegal default rule (arguments cannot be repeated x)
      --
      default f(x, y, x, y) := 1
      => 3:1 parse: illegal default rule (arguments cannot be repeated x)
      => 3:1 parse: illegal default rule (arguments cannot be repeated y)
      --
      default f(x) := x
      => 3:1 parse: illegal default rule (value cannot contain var)
      --
      default
      => 3:1 parse: unexpected default keyword
      --
      default default
      => 3:1 parse: unexpected default keyword
      --
      default 1 := 2
      => 3:1 parse: unexpected default keyword
      --
      default := 1
      => 3:1 parse: unexpected default keyword
      --
      default p := 1 if true
      => 3:16 parse: unexpected if keyword
      --
      default p := 1 { true }
      => 3:16 parse: set cannot be used for rule name
      --
      default p == 1
      => 3:11 parse: unexpected equal token
      --
      default not p
      => 3:1 parse: unexpected default keyword
      """)
  void what_is_no_default_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
