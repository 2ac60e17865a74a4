package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Rules that use themselves: the way is told, from each rule on it. */
class RecursionTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if not p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p contains x if some x in p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := [x | x := p]
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := {x | x := 1; p}
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if every x in p { x }
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if every x in [1] { x; p }
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if q

      q if p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.q -> data.test.p
      => 5:1 recursion: rule data.test.q is recursive: data.test.q -> data.test.p -> data.test.q
      --
      p if q

      q if r

      r if input.x
      => ok
      --
      f(x) := f(x - 1)
      => 3:1 recursion: rule data.test.f is recursive: data.test.f -> data.test.f
      --
      f(x) if g(x)

      g(x) if f(x)
      => 3:1 recursion: rule data.test.f is recursive: data.test.f -> data.test.g -> data.test.f
      => 5:1 recursion: rule data.test.g is recursive: data.test.g -> data.test.f -> data.test.g
      --
      a := f(1)

      f(x) if x == a
      => 3:1 recursion: rule data.test.a is recursive: data.test.a -> data.test.f -> data.test.a
      => 5:1 recursion: rule data.test.f is recursive: data.test.f -> data.test.a -> data.test.f
      --
      p if true with input as p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if q with input.x as 1

      q if p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.q -> data.test.p
      => 5:1 recursion: rule data.test.q is recursive: data.test.q -> data.test.p -> data.test.q
      --
      p[x] := y if { x := "a"; y := p.b }
      => 3:1 recursion: rule data.test.p[__local0__] is recursive: data.test.p[__local0__] ->
         data.test.p[__local0__]
      --
      p.a := 1

      p.b := p.a
      => ok
      --
      p.a := p.b

      p.b := p.a
      => 3:1 recursion: rule data.test.p.a is recursive: data.test.p.a -> data.test.p.b ->
         data.test.p.a
      => 5:1 recursion: rule data.test.p.b is recursive: data.test.p.b -> data.test.p.a ->
         data.test.p.b
      --
      p.a := p
      => 3:1 recursion: rule data.test.p.a is recursive: data.test.p.a -> data.test.p.a
      --
      p[x].y := 1 if x := p.z.y
      => 3:1 recursion: rule data.test.p[__local0__].y is recursive: data.test.p[__local0__].y ->
         data.test.p[__local0__].y
      --
      p contains p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if false else if p
      => 3:12 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p if false else := 1 if q

      q if p
      => 3:12 recursion: rule data.test.p is recursive: data.test.p -> data.test.q -> data.test.p
      => 5:1 recursion: rule data.test.q is recursive: data.test.q -> data.test.p -> data.test.q
      --
      default p := 1

      p := 2 if p == 1
      => 5:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := $"{p}"
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data.test
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data.test.q

      q := data.test
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.q -> data.test.p
      => 5:1 recursion: rule data.test.q is recursive: data.test.q -> data.test.q
      --
      p := data[x] if x := "a"
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data.test[x] if x := input.y

      q := 1
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data.test[x].y if x := input.y

      q.z := 1
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data.test[x].y if x := input.y

      q.y := 1
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := data.other[x] if x := input.y
      => ok
      --
      p if walk(data.test, [_, 1])
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.p
      --
      p := count(data.test.q)

      q contains data.test.p
      => 3:1 recursion: rule data.test.p is recursive: data.test.p -> data.test.q -> data.test.p
      => 5:1 recursion: rule data.test.q is recursive: data.test.q -> data.test.p -> data.test.q
      """)
  void it_is_refused(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }

  @ParameterizedTest
  @RegoTable(
      """
      a if { b; c }

      b if c

      c if input.x
      => ok
      --
      p := [p | p := 1]
      => ok
      --
      f(x) := y if y := g(x)

      g(x) := x
      => ok
      --
      p.a := 1

      p.b := q.a

      q.a := p.a
      => ok
      --
      f(f) := f
      => ok
      --
      p if { p := 1; p }
      => ok
      --
      p := 1 if { q := 2; q > 1 }

      q := p
      => ok
      """)
  void using_each_other_without_a_circle_is_fine(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
