package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** What can be replaced while an expression is evaluated, and by what. */
class WithTargetsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if q with foo as 1

      q := 1
      => 3:13 type: with keyword target must reference existing input, data, or a function
      --
      p if q with foo.bar as 1

      q := 1
      => 3:13 type: with keyword target must reference existing input, data, or a function
      --
      p if { x := 1; q with x as 1 }

      q := 1
      => 3:23 type: with keyword target must reference existing input, data, or a function
      --
      p if q with q.x as 1

      q := {}
      => 3:13 compile: with keyword cannot partially replace virtual document(s)
      --
      p if q with data.test.q.x as 1

      q := {}
      => 3:13 compile: with keyword cannot partially replace virtual document(s)
      --
      p if q with data.test.q.x.y as 1

      q.x := {}
      => 3:13 compile: with keyword cannot partially replace virtual document(s)
      --
      p if f(1) with f.x as 1

      f(x) := x
      => 3:16 compile: with keyword cannot partially replace virtual document(s)
      --
      p if q with eq as f

      q := 1

      f(x, y) := x
      => 3:13 compile: with keyword replacing built-in function: replacement of "eq" invalid
      --
      p if q with internal.member_2 as true

      q := 1
      => 3:13 compile: with keyword replacing built-in function: replacement of internal function
         "internal.member_2" invalid
      --
      p if q with internal.print as true

      q := 1
      => 3:13 compile: with keyword replacing built-in function: replacement of internal function
         "internal.print" invalid
      --
      p if q with walk as f

      q := 1

      f(x) := x
      => 3:13 compile: with keyword replacing built-in function: target must not be a relation
      --
      p if q with print as f

      q := 1

      f(x) := x
      => 3:13 compile: with keyword replacing built-in function: target must not be a void function
      --
      p if q with rego.metadata.rule as 1

      q := 1
      => 3:13 compile: with keyword replacing built-in function: replacement of
         "rego.metadata.rule" invalid
      --
      p if q with count as f

      q := 1

      f(x, y) := x
      => 3:8 type: count: arity mismatch
      --
      p if q with f as count

      q := 1

      f(x, y) := x
      => 3:8 type: data.test.f: arity mismatch
      --
      p if q with f as g

      q := 1

      f(x) := x

      g(x, y) := x
      => 3:8 type: data.test.f: arity mismatch
      --
      p if q with count as startswith

      q := 1
      => 3:8 type: count: arity mismatch
      --
      p if q with nofn as 1

      q := 1
      => 3:13 type: with keyword target must reference existing input, data, or a function
      --
      p if q with input as y

      q := 1
      => 3:6 unsafe_var: var y is unsafe
      --
      p if q with input as nofn(1)

      q := 1
      => 3:22 type: undefined function nofn
      --
      p if q with input as f

      q := 1

      f(x) := x
      => 3:22 type: function data.test.f used as reference, not called
      --
      p if { q with foo as 1; q with bar as 2 }

      q := 1
      => 3:15 type: with keyword target must reference existing input, data, or a function
      --
      p := [x | x := q with foo as 1]

      q := 1
      => 3:23 type: with keyword target must reference existing input, data, or a function
      --
      p if every x in [1] { q with foo as x }

      q := 1
      => 3:30 type: with keyword target must reference existing input, data, or a function
      --
      p if q with input as 1 with foo as 2

      q := 1
      => 3:29 type: with keyword target must reference existing input, data, or a function
      """)
  void what_cannot_is_refused(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
