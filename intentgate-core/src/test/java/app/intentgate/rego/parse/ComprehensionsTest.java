package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * What a bar within a collection means: a comprehension after the first item, a union elsewhere.
 */
class ComprehensionsTest {
  @ParameterizedTest
  @RegoTable(
      """
      [x | x = 1]
      => [x | x = 1]
      --
      {x | x = 1}
      => {x | x = 1}
      --
      {x: y | x = 1; y = 2}
      => {x: y | x = 1; y = 2}
      --
      [x|x=1]
      => [x | x = 1]
      --
      [x |
        x = 1
        x > 0
      ]
      => [x | x = 1; gt(x, 0)]
      --
      [[x] | x = 1]
      => [[x] | x = 1]
      --
      [{"a": x} | x = 1]
      => [{"a": x} | x = 1]
      --
      {x.y[z] | z = 1}
      => {x.y[z] | z = 1}
      --
      {f(x) | x = 1}
      => {f(x) | x = 1}
      --
      [[y | y = x[_]] | x = xs[_]]
      => [[y | y = x[_]] | x = xs[_]]
      --
      {"a" | true}
      => {"a" | true}
      --
      {"a": "b" | true}
      => {"a": "b" | true}
      --
      {x + 1: x | x = 1}
      => {plus(x, 1): x | x = 1}
      --
      [1 | {2}]
      => [1 | {2}]
      --
      {{1} | {2}}
      => {{1} | {2}}
      --
      {{1} | {2}, {3}}
      => {{3}, or({1}, {2})}
      --
      [{1} | {2}, {3}]
      => [or({1}, {2}), {3}]
      --
      [({1} | {2})]
      => [or({1}, {2})]
      --
      {({1} | {2})}
      => {or({1}, {2})}
      --
      {"a": {1} | {2}, "b": 3}
      => {"a": or({1}, {2}), "b": 3}
      --
      {"a": ({1} | {2})}
      => {"a": or({1}, {2})}
      --
      {x + 1 | x}
      => {or(plus(x, 1), x)}
      --
      [x + 1 | x]
      => [or(plus(x, 1), x)]
      --
      {1: 2 + 3 | x}
      => {1: or(plus(2, 3), x)}
      --
      [,x | y]
      => [or(x, y)]
      --
      {,x | y}
      => {or(x, y)}
      --
      {,"k": x | y}
      => {"k": or(x, y)}
      """)
  void a_bar_after_the_first_item_is_a_comprehension(RegoRow row) {
    row.isAnsweredBy(Parsing.query(row.source()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      x := [x | ]
      => 3:11 parse: found empty body
      => 3:11 parse: unexpected ] token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {x | }
      => 3:11 parse: found empty body
      => 3:11 parse: unexpected } token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {x: 1 | }
      => 3:14 parse: unexpected } token
      --
      x := [x | x := 1
      => 3:16 parse: unexpected eof token: expected \\n or ; or ]
      => 3:16 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [x | x := 1; ]
      => 3:19 parse: unexpected ] token
      => 3:19 parse: unexpected ] token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [x, y | x := 1]
      => 3:16 parse: unexpected assign token: expected "," or "]"
      => 3:16 parse: unexpected assign token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {x: 1, y: 2 | true}
      => ok
      --
      x := [x | y | z]
      => ok
      """)
  void what_is_no_comprehension_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
