package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Calls of what does not exist, or with too few or too many arguments. */
class CallsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p := foo(1)
      => 3:6 type: undefined function foo
      --
      p if foo(1)
      => 3:6 type: undefined function foo
      --
      p if not foo(1)
      => 3:6 type: undefined function foo
      --
      p := foo.bar(1)
      => 3:6 type: undefined function foo.bar
      --
      p := data.lib.f(1)
      => 3:6 type: undefined function data.lib.f
      --
      p := data.test.f(1)
      => 3:6 type: undefined function data.test.f
      --
      p := input.f(1)
      => 3:6 type: undefined function input.f
      --
      p := strings.foo("x")
      => 3:6 type: undefined function strings.foo
      --
      p := [foo(1), bar(2)]
      => 3:7 type: undefined function foo
      => 3:15 type: undefined function bar
      --
      p := foo(bar(1))
      => 3:10 type: undefined function bar
      => 3:6 type: undefined function foo
      --
      p := x if x := foo(1)
      => 3:16 type: undefined function foo
      --
      p := q(1)

      q := 1
      => 3:6 type: function data.test.q has arity 0, got 1 argument
      --
      p := q(1)

      q contains 1
      => 3:6 type: function data.test.q has arity 0, got 1 argument
      --
      p := q.r(1)

      q.r := 1
      => 3:6 type: function data.test.q.r has arity 0, got 1 argument
      --
      p := f(1)

      f(x, y) := x + y
      => 3:6 type: function data.test.f has arity 2, got 1 argument
      --
      p := f()

      f(x) := x
      => 3:6 type: function data.test.f has arity 1, got 0 arguments
      --
      p := f(1, 2, 3)

      f(x) := x
      => 3:6 type: function data.test.f has arity 1, got 3 arguments
      --
      p if f(1, 2)

      f(x) := x
      => ok
      --
      p if f(1, 2, 3)

      f(x) := x
      => 3:6 type: function data.test.f has arity 1, got 3 arguments
      --
      p := a.f(1, 2)

      a.f(x) := x
      => 3:6 type: function data.test.a.f has arity 1, got 2 arguments
      --
      p := count()
      => 3:6 type: count: arity mismatch
      --
      p := count([1], [2])
      => 3:6 type: count: arity mismatch
      --
      p if count([1], 2)
      => ok
      --
      p if count([1], 2, 3)
      => 3:6 type: count: arity mismatch
      --
      p := concat(",")
      => 3:6 type: concat: arity mismatch
      --
      p := concat(",", )
      => 3:6 type: concat: arity mismatch
      --
      p := concat(",", ["a"], "b")
      => 3:6 type: concat: arity mismatch
      --
      p := time.now_ns(1)
      => 3:6 type: time.now_ns: arity mismatch
      --
      p if 1 + 2
      => ok
      --
      p if plus(1)
      => 3:6 type: plus: arity mismatch
      --
      p if plus(1, 2, 3, 4)
      => 3:6 type: plus: arity mismatch
      --
      p if eq(1)
      => 3:6 type: eq: arity mismatch
      --
      p if eq(1, 2, 3, 4)
      => 3:6 type: eq: arity mismatch
      --
      p if assign(x)
      => 3:6 type: assign: arity mismatch
      --
      p := [x | foo(x)]
      => 3:11 type: undefined function foo
      --
      p if every x in [1] { foo(x) }
      => 3:23 type: undefined function foo
      --
      p if true with input as foo(1)
      => 3:25 type: undefined function foo
      --
      p contains foo(1)
      => 3:12 type: undefined function foo
      --
      p[foo(1)] := 2
      => 3:3 type: undefined function foo
      --
      f(x) := foo(x)
      => 3:9 type: undefined function foo
      --
      f(foo(1)) := 1
      => 3:3 compile: rule arguments cannot contain calls
      --
      p := -f(1)
      => 3:7 type: undefined function f
      --
      p if { f := 1; data.test.f(1) == f }
      => 3:16 type: undefined function data.test.f
      --
      p := $"{foo(1)}"
      => 3:9 type: undefined function foo
      --
      and := 1

      p := {1} & {2}
      => 5:6 type: function data.test.and has arity 0, got 2 arguments
      --
      plus := 1

      p := 1 + 2
      => 5:6 type: function data.test.plus has arity 0, got 2 arguments
      --
      count := 1

      p := count([1])
      => 5:6 type: function data.test.count has arity 0, got 1 argument
      --
      count(x, y) := 1

      p := count([1])
      => 5:6 type: function data.test.count has arity 2, got 1 argument
      --
      p := f

      f(x) := x
      => 3:6 type: function data.test.f used as reference, not called
      --
      p := f.y

      f(x) := x
      => 3:6 type: function data.test.f.y used as reference, not called
      --
      p := [f]

      f(x) := x
      => 3:7 type: function data.test.f used as reference, not called
      --
      p := data.test.f

      f(x) := x
      => 3:6 type: function data.test.f used as reference, not called
      --
      p if f[x]

      f(x) := x
      => 3:6 type: function data.test.f[x] used as reference, not called
      --
      p := a.f

      a.f(x) := x
      => 3:6 type: function data.test.a.f used as reference, not called
      --
      p := print("x")
      => 3:6 type: print("x") used as value
      --
      p if { x := print("x"); x }
      => 3:13 type: print("x") used as value
      --
      p if print("x") == 1
      => 3:6 type: print("x") used as value
      --
      p := [print("x")]
      => 3:7 type: print("x") used as value
      """)
  void it_is_refused(RegoRow row) {
    row.isAnsweredBy(Sources.modules(row.module()).errors());
  }
}
