package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Where a keyword is one, and where it is a name. */
class KeywordsTest {
  @ParameterizedTest
  @RegoTable(
      """
      input.if.then
      => input["if"].then
      --
      if.x
      => if.x
      --
      x.default.else.not.some.every
      => x["default"]["else"]["not"]["some"]["every"]
      --
      x.in.with.as.null.true.false
      => x["in"]["with"]["as"]["null"]["true"]["false"]
      --
      x.package.import.contains
      => x["package"]["import"]["contains"]
      --
      in["x"]
      => in.x
      --
      not.x
      => not.x
      --
      every[x]
      => every[x]
      --
      some.x == 1
      => equal(some.x, 1)
      --
      x.if[y.in]
      => x["if"][y["in"]]
      --
      default.x(1)
      => default.x(1)
      --
      contains
      => contains
      --
      contains == 1
      => equal(contains, 1)
      --
      [contains, contains.x]
      => [contains, contains.x]
      --
      null.x
      => null.x
      --
      true["y"]
      => true.y
      """)
  void keywords_are_names_within_refs(RegoRow row) {
    row.isAnsweredBy(Parsing.query(row.source()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      if.x := 1
      => if.x := 1
      --
      p.if := 1
      => p["if"] := 1
      --
      p.contains contains 1
      => p["contains"] contains 1
      --
      contains.p := 1
      => contains.p := 1
      --
      in[x] := 1 if x := 2
      => in[x] := 1 if assign(x, 2)
      --
      default default.x := 1
      => default default.x := 1
      --
      not.x := 1
      => not.x := 1
      --
      some["x"] if true
      => some.x if true
      --
      every.f(x) := x
      => every.f(x) := x
      --
      else.x := 1
      => else.x := 1
      --
      p if true
      else.x := 1
      => p if true
      => else.x := 1
      --
      p.else := 1 if true
      else := 2
      => p["else"] := 1 if true else p["else"] := 2
      --
      import.p := 1
      => import.p := 1
      --
      package.p := 1
      => package.p := 1
      --
      with.as := 1
      => with["as"] := 1
      """)
  void and_at_the_head_of_rules(RegoRow row) {
    row.isAnsweredBy(Parsing.printed(row.module(), Parsing.V1));
  }

  @ParameterizedTest
  @RegoTable(
      """
      if := 1
      => 3:1 parse: unexpected if keyword
      --
      in := 1
      => 3:1 parse: unexpected in keyword
      --
      every := 1
      => 3:7 parse: unexpected assign token
      --
      contains := 1
      => 3:1 parse: contains keyword cannot be used for rule name
      --
      not := 1
      => 3:5 parse: unexpected assign token
      --
      default := 1
      => 3:1 parse: unexpected default keyword
      --
      some := 1
      => 3:6 parse: unexpected assign token: expected var
      --
      else := 1
      => 3:1 parse: unexpected else keyword
      --
      with := 1
      => 3:1 parse: unexpected with keyword
      --
      null := 1
      => 3:1 parse: null cannot be used for rule name
      --
      true := 1
      => 3:1 parse: boolean cannot be used for rule name
      --
      if(x) := x
      => 3:1 parse: unexpected if keyword
      --
      p if { in := 1 }
      => 3:8 parse: unexpected in keyword
      --
      p if { x := every }
      => 3:13 parse: unexpected every keyword
      --
      p if { some if in xs }
      => 3:13 parse: unexpected if keyword: expected var
      --
      f(if) := 1
      => 3:3 parse: unexpected if keyword
      => 3:3 parse: unexpected if keyword: expected rule head name
      --
      p if x .if
      => 3:9 parse: unexpected if keyword: expected number
      --
      p := if
      => 3:6 parse: unexpected if keyword
      => 3:6 parse: unexpected if keyword: expected rule value term (e.g., p := <VALUE> { ... })
      => 3:7 parse: unexpected eof token
      --
      p.1 := 2
      => 3:3 parse: unexpected number token: expected identifier
      => 3:3 parse: unexpected number token: expected rule head name
      """)
  void elsewhere_they_are_no_names(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      if = 1
      => if = 1
      --
      contains = 1
      => contains = 1
      --
      in = 1
      => in = 1
      --
      every = in { in = 1 }
      => every = in if in = 1
      --
      p[contains] { contains := 1 }
      => p contains contains if assign(contains, 1)
      --
      f(if) = if { true }
      => f(if) = if if true
      """)
  void version_0_knows_fewer_keywords(RegoRow row) {
    row.isAnsweredBy(Parsing.printed(row.module(), Parsing.V0));
  }

  @ParameterizedTest
  @RegoTable(
      """
      package test
      import future.keywords.if
      q { true }
      if = 1
      => 4:1 parse: unexpected if keyword
      --
      package test
      import future.keywords.in
      p { in = 1 }
      => 3:5 parse: unexpected in keyword
      --
      package test
      import future.keywords.every
      p { in = 1 }
      => 3:5 parse: unexpected in keyword
      --
      package test
      import rego.v1
      q = 1
      every = 1
      => 4:7 parse: unexpected eq token
      --
      package test
      in = 1
      import future.keywords.in
      p { 1 in [1] }
      => ok
      --
      package test
      import future.keywords.if
      p if 1 == 1
      q { true }
      r contains 1 { true }
      => 5:1 parse: var cannot be used for rule name
      => 5:3 parse: var cannot be used for rule name
      => 5:12 parse: number cannot be used for rule name
      => 5:14 parse: set cannot be used for rule name
      """)
  void until_they_are_imported(RegoRow row) {
    row.isAnsweredBy(Parsing.errorsV0(row.source()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      p { some x in xs }
      => 3:12 parse: unexpected identifier token: expected \\n or ; or } (hint: `import
         future.keywords.in` for `some x in xs` expressions)
      --
      p { some x, y in xs }
      => 3:15 parse: unexpected identifier token: expected \\n or ; or } (hint: `import
         future.keywords.in` for `some x in xs` expressions)
      --
      p { every x in xs { x } }
      => 3:11 parse: unexpected identifier token: expected \\n or ; or } (hint: `import
         future.keywords.every` for `every x in xs { ... }` expressions)
      --
      p { every x, y in xs { x } }
      => 3:11 parse: unexpected identifier token: expected \\n or ; or } (hint: `import
         future.keywords.every` for `every x in xs { ... }` expressions)
      --
      p { x in xs }
      => 3:7 parse: unexpected identifier token: expected \\n or ; or }
      --
      p if true
      => 3:1 parse: var cannot be used for rule name
      => 3:3 parse: var cannot be used for rule name
      => 3:6 parse: boolean cannot be used for rule name
      --
      p contains 1
      => 3:1 parse: var cannot be used for rule name
      => 3:3 parse: var cannot be used for rule name
      => 3:12 parse: number cannot be used for rule name
      --
      p { some x in xs; every y in ys { y } }
      => 3:12 parse: unexpected identifier token: expected \\n or ; or } (hint: `import
         future.keywords.in` for `some x in xs` expressions)
      --
      p = [x | some x in xs]
      => 3:17 parse: unexpected identifier token: expected \\n or ; or ] (hint: `import
         future.keywords.in` for `some x in xs` expressions)
      => 3:17 parse: unexpected identifier token: expected rule value term (e.g., p[<nil>] =
         <VALUE> { ... })
      """)
  void version_0_is_told_which_import_is_missing(RegoRow row) {
    row.isAnsweredBy(Parsing.errorsV0(row.module()));
  }
}
