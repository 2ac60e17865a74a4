package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Imports that nothing uses or that hide each other, by version and mode. */
class UnusedImportsTest {
  @ParameterizedTest
  @RegoTable(
      """
      package test
      import data.a
      => 2:1 compile: import data.a unused
      --
      package test
      import data.a
      p := a
      => ok
      --
      package test
      import data.a as b
      p := b.c
      => ok
      --
      package test
      import data.a as b
      p := a
      => 2:1 compile: import data.a as b unused
      --
      package test
      import data.a.b.c
      p if c with input as c.d
      => ok
      --
      package test
      import input.a
      import input.b
      p contains a
      => 3:1 compile: import input.b unused
      --
      package test
      import data.a
      p if { a := 1; a }
      => 2:1 compile: import data.a unused
      --
      package test
      import data.a
      p := [a | a := 1]
      => 2:1 compile: import data.a unused
      --
      package test
      import data.a
      f(a) := a
      => 2:1 compile: import data.a unused
      --
      package test
      import data.f
      p := f(1)
      => 3:6 type: undefined function data.f
      --
      package test
      import data.a
      default p := 1
      => 2:1 compile: import data.a unused
      --
      package test
      import rego.v1
      import future.keywords.in
      p := 1
      => ok
      --
      package test
      import data.a
      p := data.a
      => 2:1 compile: import data.a unused
      --
      package test
      import data["a b"] as c
      p := c
      => ok
      """)
  void unused_imports_are_refused(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.modules()).strict().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      package test
      import data.foo
      import data.foo
      p { foo }
      => 3:1 compile: import must not shadow import data.foo
      --
      package test
      import data.foo
      import data.bar as foo
      p { foo }
      => 3:1 compile: import must not shadow import data.foo
      --
      package test
      input = 1
      => 2:1 compile: rules must not shadow input (use a different rule name)
      --
      package test
      p { data := 1; data }
      => 2:5 compile: variables must not shadow data (use a different variable name)
      --
      package test
      p { any([true]) }
      => 2:5 type: deprecated built-in function calls in expression: any
      --
      package test
      p { x := 1 }
      => 2:5 compile: assigned var x unused
      --
      package test
      f(x) = 1
      => 2:1 compile: unused argument x. (hint: use _ (wildcard variable) instead)
      """)
  void and_what_version_0_lets_pass_otherwise(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.modules()).v0().strict().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      package test
      import data.foo
      import data.foo
      p { foo }
      => ok
      --
      package test
      input = 1
      => ok
      --
      package test
      p { data := 1; data }
      => ok
      --
      package test
      p { any([true]) }
      => ok
      --
      package test
      import data.foo
      p { x := 1 }
      => ok
      """)
  void without_strict_mode_version_0_lets_it_pass(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.modules()).v0().errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      package test
      import data.foo
      import data.foo
      p := foo
      => 3:1 compile: import must not shadow import data.foo
      --
      package test
      import data.foo
      import data.bar.foo
      p := foo
      => 3:1 compile: import must not shadow import data.foo
      --
      package test
      import data.foo
      import data.bar as foo
      p := foo
      => 3:1 compile: import must not shadow import data.foo
      --
      package test
      import data.foo
      import input.foo
      import input.x as foo
      => 3:1 compile: import must not shadow import data.foo
      => 4:1 compile: import must not shadow import data.foo
      --
      package test
      import data.foo
      import data.foo as bar
      p := foo == bar
      => ok
      """)
  void names_of_imports_are_given_once_in_version_1(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.modules()).errors());
  }
}
