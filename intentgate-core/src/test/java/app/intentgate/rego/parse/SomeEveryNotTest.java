package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Expressions that declare, quantify or negate. */
class SomeEveryNotTest {
  @ParameterizedTest
  @RegoTable(
      """
      some x
      => some x
      --
      some x, y, z
      => some x, y, z
      --
      some x; x = 1
      => some x; x = 1
      --
      some x in xs
      => some x in xs
      --
      some k, v in xs
      => some k, v in xs
      --
      some {"a": x} in xs
      => some {"a": x} in xs
      --
      some [x, _] in xs
      => some [x, _] in xs
      --
      some "k", v in xs
      => some "k", v in xs
      --
      some _ in xs
      => some _ in xs
      --
      some x in {1, 2}
      => some x in {1, 2}
      --
      some x in [y | y := 1]
      => some x in [y | assign(y, 1)]
      --
      some x in xs with input as 1
      => some x in xs with input as 1
      --
      some x in a | b
      => some x in or(a, b)
      --
      some x in f(y).z
      => some x in f(y).z
      --
      every x in xs { x }
      => every x in xs { x }
      --
      every k, v in xs { k == v }
      => every k, v in xs { equal(k, v) }
      --
      every x in [1, 2] { x > 0; x < 3 }
      => every x in [1, 2] { gt(x, 0); lt(x, 3) }
      --
      every x in xs {
        x > 0
        x < 3
      }
      => every x in xs { gt(x, 0); lt(x, 3) }
      --
      every _ in xs { true }
      => every _ in xs { true }
      --
      every x in xs { every y in x { y } }
      => every x in xs { every y in x { y } }
      --
      every x in xs { x } with input as 1
      => every x in xs { x } with input as 1
      --
      every x in {"a": 1} { x }
      => every x in {"a": 1} { x }
      --
      not x
      => not x
      --
      not x.y
      => not x.y
      --
      not f(x)
      => not f(x)
      --
      not x == 1
      => not equal(x, 1)
      --
      not x in xs
      => not internal.member_2(x, xs)
      --
      not x with input.y as 1
      => not x with input.y as 1
      --
      not [x]
      => not [x]
      --
      not {x}
      => not {x}
      --
      not { x }
      => not {x}
      --
      not (x)
      => not x
      --
      x = y
      => x = y
      --
      x := y
      => assign(x, y)
      --
      [x, {"k": y}] := z
      => assign([x, {"k": y}], z)
      --
      x = y with input as 1
      => x = y with input as 1
      --
      x with input as 1 with data.y as {"z": 2}
      => x with input as 1 with data.y as {"z": 2}
      --
      x with input.y["z"] as f(1)
      => x with input.y.z as f(1)
      --
      x with upper as lower
      => x with upper as lower
      --
      x with data.a as y in ys
      => x with data.a as internal.member_2(y, ys)
      """)
  void expressions_are_read(RegoRow row) {
    row.isAnsweredBy(Parsing.query(row.source()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      package test
      import future.keywords.not
      q := 1
      p if not x.y
      => ok
      --
      package test
      import future.keywords.not
      q := 1
      p if not { x; y }
      => ok
      --
      package test
      import future.keywords.not
      q := 1
      p if not { x } with input as 1
      => ok
      --
      package test
      import future.keywords.not
      q := 1
      p if not { not x }
      => ok
      --
      package test
      import future.keywords.not
      q := 1
      p if not { some x in xs; x > 1 }
      => ok
      --
      package test
      import future.keywords.not
      q := 1
      p if not
      => 4:8 parse: unexpected eof token
      """)
  void not_with_its_keyword_imported_takes_a_whole_expression(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.source()));
  }
}
