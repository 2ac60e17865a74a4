package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Rules of several modules, and packages at the path of a rule. */
class PackageConflictsTest {
  @ParameterizedTest
  @RegoTable(
      """
      package a

      b := 1
      ##--
      package a.b

      c := 2
      => 3:1 type: rule data.a.b conflicts with: / rule data.a.b.c at m1.rego:3
      => 1:1 type: package a.b conflicts with rule b defined at m0.rego:3
      --
      package a.b

      c := 2
      ##--
      package a

      b := 1
      => 3:1 type: rule data.a.b conflicts with: / rule data.a.b.c at m0.rego:3
      => 1:1 type: package a.b conflicts with rule b defined at m1.rego:3
      --
      package a

      b(x) := x
      ##--
      package a.b

      c := 2
      => 3:1 type: rule data.a.b conflicts with: / rule data.a.b.c at m1.rego:3
      => 1:1 type: package a.b conflicts with rule b defined at m0.rego:3
      --
      package a

      b contains 1
      ##--
      package a.b.c

      d := 2
      => 3:1 type: rule data.a.b conflicts with: / rule data.a.b.c.d at m1.rego:3
      --
      package a

      b.c := 1
      ##--
      package a.b

      d := 2
      => ok
      --
      package a

      b.c := 1
      ##--
      package a.b.c
      => 1:1 type: package a.b.c conflicts with rule b.c defined at m0.rego:3
      --
      package a

      b[x] := 1 if x := "c"
      ##--
      package a.b

      c := 2
      => ok
      --
      package a

      b := 1
      ##--
      package a.b
      => 1:1 type: package a.b conflicts with rule b defined at m0.rego:3
      --
      package a

      b := 1
      ##--
      package a

      b := 2
      => ok
      --
      package a

      b := 1
      ##--
      package a

      b contains 1
      => 3:1 type: conflicting rules data.a.b found
      --
      package a

      default b := 1
      ##--
      package a

      default b := 2
      => 1:1 type: multiple default rules data.a.b found at m0.rego:3, m1.rego:3
      --
      package a

      f(x) := x
      ##--
      package a

      f(x, y) := x
      => 3:1 type: conflicting rules data.a.f found
      """)
  void packages_must_not_be_where_a_rule_is(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.modules()).errors());
  }
}
