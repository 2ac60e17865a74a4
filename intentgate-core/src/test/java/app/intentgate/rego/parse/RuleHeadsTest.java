package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** The heads of rules: what is read as which kind of rule. */
class RuleHeadsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := 1
      => p := 1
      --
      p = 1
      => p = 1
      --
      p if true
      => p if true
      --
      p if { true; false }
      => p if true; false
      --
      p := 1 if {
        true
        false
      }
      => p := 1 if true; false
      --
      p contains 1
      => p contains 1
      --
      p contains x if x := 1
      => p contains x if assign(x, 1)
      --
      p contains {"a": x} if { x := 1 }
      => p contains {"a": x} if assign(x, 1)
      --
      p.q.r := 1
      => p.q.r := 1
      --
      p.q contains 1
      => p.q contains 1
      --
      p[x] := y if { x := 1; y := 2 }
      => p[x] := y if assign(x, 1); assign(y, 2)
      --
      p[x].q[y] if { x := 1; y := 2 }
      => p[x].q[y] if assign(x, 1); assign(y, 2)
      --
      p["a b"] := 1
      => p["a b"] := 1
      --
      p[1] := 2
      => p[1] := 2
      --
      p[x] contains y if { x := 1; y := 2 }
      => p[x] contains y if assign(x, 1); assign(y, 2)
      --
      f(x) := x
      => f(x) := x
      --
      f(x) if x
      => f(x) if x
      --
      f([x, {"k": y}], "a", 1, null, _) := x
      => f([x, {"k": y}], "a", 1, null, _) := x
      --
      a.b.f(x) := x
      => a.b.f(x) := x
      --
      f(x) = y if y := x
      => f(x) = y if assign(y, x)
      --
      p := {x | x := 1}
      => p := {x | assign(x, 1)}
      --
      p := q in r
      => p := internal.member_2(q, r)
      --
      p := 1 + 2 if true
      => p := plus(1, 2) if true
      --
      p if not q
      => p if not q
      --
      p if {"a": 1}.a
      => p if {"a": 1}.a
      --
      p if {x | x = 1}
      => p if {x | x = 1}
      --
      p if {"a"}
      => p if "a"
      --
      p if { {"a"} }
      => p if {"a"}
      --
      p if some x in [1]
      => p if some x in [1]
      --
      p if every x in [1] { x }
      => p if every x in [1] { x }
      --
      p if x := 1
      => p if assign(x, 1)
      --
      p if true with input as 1
      => p if true with input as 1
      --
      p :=
        1
      => p := 1
      --
      p
      := 1
      => p := 1
      --
      p :=1 q:=2
      => p := 1
      => q := 2
      --
      p if true q if false
      => p if true
      => q if false
      """)
  void heads_are_read(RegoRow row) {
    row.isAnsweredBy(Parsing.printed(row.module(), Parsing.V1));
  }

  @ParameterizedTest
  @RegoTable(
      """
      p { true }
      => p if true
      --
      p[x] { x := 1 }
      => p contains x if assign(x, 1)
      --
      p[x] = y { x := 1; y := 2 }
      => p[x] = y if assign(x, 1); assign(y, 2)
      --
      p["a"]
      => p contains "a"
      --
      p["a"] = 1
      => p.a = 1
      --
      p.q[x] { x := 1 }
      => p.q[x] if assign(x, 1)
      --
      p.q.r { true }
      => p.q.r if true
      --
      f(x) { x }
      => f(x) if x
      --
      f(x) = y { y := x }
      => f(x) = y if assign(y, x)
      --
      p = 1 { true } { false }
      => p = 1 if true
      => p = 1 if false
      --
      f(_) { true } { false }
      => f(_) if true
      => f(_) if false
      --
      p { {"a"} }
      => p if {"a"}
      --
      p[x] { some x; x = 1 }
      => p contains x if some x; x = 1
      --
      default p = false
      => default p = false
      """)
  void heads_of_version_0(RegoRow row) {
    row.isAnsweredBy(Parsing.printed(row.module(), Parsing.V0));
  }
}
