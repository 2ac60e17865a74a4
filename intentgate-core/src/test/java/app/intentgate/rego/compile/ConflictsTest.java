package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Rules that cannot stand together. */
class ConflictsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := 1

      p contains 2
      => 3:1 type: conflicting rules data.test.p found
      --
      p contains 2

      p := 1
      => 3:1 type: conflicting rules data.test.p found
      --
      p := 1

      p(x) := x
      => 3:1 type: conflicting rules data.test.p found
      --
      p(x) := x

      p(x, y) := x
      => 3:1 type: conflicting rules data.test.p found
      --
      p(x) := x

      p contains 1
      => 3:1 type: conflicting rules data.test.p found
      --
      p[x] := 1 if x := "a"

      p contains 1
      => 3:1 type: conflicting rules data.test.p found
      --
      p[x] := 1 if x := "a"

      p := {}
      => 3:1 type: conflicting rules data.test.p found
      --
      p := {}

      p.a := 1
      => 3:1 type: rule data.test.p conflicts with: / rule data.test.p.a at m0.rego:5
      --
      p.a := 1

      p.a contains 2
      => 3:1 type: conflicting rules data.test.p.a found
      --
      p contains 1

      p.a := 1
      => 3:1 type: rule data.test.p conflicts with: / rule data.test.p.a at m0.rego:5
      --
      p.q contains 1

      p.q := {1}
      => 3:1 type: conflicting rules data.test.p.q found
      --
      p(x) := x

      p.q := 1
      => 3:1 type: rule data.test.p conflicts with: / rule data.test.p.q at m0.rego:5
      --
      default p := 1

      p contains 1
      => 3:1 type: conflicting rules data.test.p found
      --
      default p := 1

      p(x) := x
      => 3:1 type: conflicting rules data.test.p found
      --
      default p(x) := 1

      p := 2
      => 3:1 type: conflicting rules data.test.p found
      --
      default p(_) := 1

      p(x, y) := x
      => 3:1 type: conflicting rules data.test.p found
      --
      default p := {}

      p[x] := 1 if x := "a"
      => 3:1 type: conflicting rules data.test.p[x] found
      --
      default p := 1

      default p := 1
      => 1:1 type: multiple default rules data.test.p found at m0.rego:3, m0.rego:5
      --
      default p := 1

      default p := 2

      default p := 3
      => 1:1 type: multiple default rules data.test.p found at m0.rego:3, m0.rego:5, m0.rego:7
      --
      default p.q := 1

      default p.q := 1
      => 1:1 type: multiple default rules data.test.p.q found at m0.rego:3, m0.rego:5
      --
      default p(_) := 1

      default p(_) := 2
      => 1:1 type: multiple default rules data.test.p found at m0.rego:3, m0.rego:5
      --
      p := 1

      p := 2

      p := 3
      => ok
      --
      p contains 1

      p contains 2
      => ok
      --
      p.a := 1

      p.b := 2
      => ok
      --
      p[x] := 1 if x := "a"

      p.b := 2
      => ok
      --
      p[x] := 1 if x := "a"

      p.b.c := 2
      => ok
      --
      p[x].a := 1 if x := "a"

      p.b.c := 2
      => ok
      --
      p.a.b := 1

      p.a := {}
      => 5:1 type: rule data.test.p.a conflicts with: / rule data.test.p.a.b at m0.rego:3
      --
      p.a.b := 1

      p.a.b.c := 2

      p.a.b.d := 3
      => 3:1 type: rule data.test.p.a.b conflicts with: / rule data.test.p.a.b.c at m0.rego:5 /
         rule data.test.p.a.b.d at m0.rego:7
      --
      p.a contains 1

      p.a.b := 2
      => 3:1 type: rule data.test.p.a conflicts with: / rule data.test.p.a.b at m0.rego:5
      --
      p.a.f(x) := x

      p.a.f(x) := 2 if x
      => ok
      --
      p["a b"] := 1

      p["a b"].c := 2
      => 3:1 type: rule data.test.p["a b"] conflicts with: / rule data.test.p["a b"].c at m0.rego:5
      --
      p[1] := 1

      p[1] contains 2
      => 3:1 type: conflicting rules data.test.p[1] found
      """)
  void kinds_and_arities_must_agree(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
