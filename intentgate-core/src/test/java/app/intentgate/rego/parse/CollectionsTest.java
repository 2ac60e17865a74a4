package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Arrays, objects and sets as they are written. */
class CollectionsTest {
  @ParameterizedTest
  @RegoTable(
      """
      []
      => []
      --
      [1,]
      => [1]
      --
      [,1, 2]
      => [1, 2]
      --
      [1, [2, [3]]]
      => [1, [2, [3]]]
      --
      [1
      ,2
      ]
      => [1, 2]
      --
      {}
      => {}
      --
      {"a": 1,}
      => {"a": 1}
      --
      {,"a": 1}
      => {"a": 1}
      --
      {"a": {"b": {}}, 1: 2, null: 3, [1]: 4, x: y}
      => {null: 3, 1: 2, "a": {"b": {}}, x: y, [1]: 4}
      --
      {"b": 1, "a": 2, "b": 3}
      => {"a": 2, "b": 3}
      --
      {1: "a", 1.0: "b"}
      => {1: "b"}
      --
      set()
      => set()
      --
      set( )
      => set()
      --
      {1}
      => {1}
      --
      {1,}
      => {1}
      --
      {,1, 2}
      => {1, 2}
      --
      {3, 1, 2, 1}
      => {1, 2, 3}
      --
      {"b", "a", null, true, 2, [1], {1}, {"k": 1}}
      => {null, true, 2, "a", "b", [1], {"k": 1}, {1}}
      --
      {{}}
      => {{}}
      --
      {"a": 1 + 2}
      => {"a": plus(1, 2)}
      --
      {1 + 2: 3}
      => {plus(1, 2): 3}
      --
      [1 + 2, 3 == 4]
      => [plus(1, 2), equal(3, 4)]
      --
      {x, y.z}
      => {x, y.z}
      --
      ({"a": 1})
      => {"a": 1}
      --
      [x in xs, y]
      => [internal.member_2(x, xs), y]
      --
      f(x in xs, y)
      => f(internal.member_2(x, xs), y)
      --
      f((k, v in xs), y)
      => f(internal.member_3(k, v, xs), y)
      --
      {x: y in ys}
      => {x: internal.member_2(y, ys)}
      --
      [1, 2][0]
      => [1, 2][0]
      --
      {"a": 1}.a
      => {"a": 1}.a
      --
      {"a": 1}["a"]
      => {"a": 1}.a
      --
      {1, 2}[x]
      => {1, 2}[x]
      --
      [x | x = 1][0]
      => [x | x = 1][0]
      """)
  void collections_are_read(RegoRow row) {
    row.isAnsweredBy(Parsing.query(row.source()));
  }
}
