package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Functions and operators on sets, arrays and objects, and what they add up to. */
class CollectionFunctionsTest {
  @Expressions(
      """
      {1, 2} | {2, 3} => {1, 2, 3}
      {1, 2} & {2, 3} => {2}
      {1, 2} - {2, 3} => {1}
      {1} | set() => {1}
      {1} & set() => set()
      {1, 1.0} - {1} => set()
      {[1]} & {[1.0]} => {[1]}
      union({{1}, {2, 3}, {3}}) => {1, 2, 3}
      union(set()) => set()
      intersection({{1, 2}, {2, 3}, {2}}) => {2}
      intersection(set()) => set()
      {x | some x in input.a} | {9} => {1, 2, 9}
      input.a - {1} => type error: minus: operand 1 must be one of {number, set} but got array
      {1} | input.a => type error: or: operand 2 must be set but got array
      {1, 2} & {2} | {5} => {2, 5}
      """)
  void sets(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      array.concat([1], [2, [3]]) => [1, 2, [3]]
      array.concat([], []) => []
      array.slice([1, 2, 3, 4], 1, 3) => [2, 3]
      array.slice([1, 2, 3], 0, 3) => [1, 2, 3]
      array.slice([1, 2, 3], -2, 99) => [1, 2, 3]
      array.slice([1, 2, 3], 2, 1) => []
      array.slice([1, 2, 3], 3, 5) => []
      array.reverse([1, 2, 3]) => [3, 2, 1]
      array.reverse([]) => []
      array.flatten([1, [2, 3], [[4]]]) => [1, 2, 3, [4]]
      sort([3, "a", 1, null]) => [null, 1, 3, "a"]
      sort({3, 1}) => [1, 3]
      sort([2, 1, 2]) => [1, 2, 2]
      sort([]) => []
      """)
  void arrays(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      count([1, 1]) => 2
      count({1, 1}) => 1
      count({"a": 1, "b": 2}) => 2
      count("a😀") => 2
      count("") => 0
      sum([1, 2.5, -1]) => 2.5
      sum({1, 1.0, 2}) => 3
      sum([]) => 0
      product([2, 3, 0.5]) => 3
      product(set()) => 1
      max([1, 3, 2]) => 3
      max({"b", "a"}) => "b"
      max([]) => undefined
      max([1, "a", [0]]) => [0]
      min([3, 1, 2]) => 1
      min(set()) => undefined
      min([true, 0]) => true
      sum(input.o) => type error: sum: operand 1 must be one of {set, array} but got object
      max(input.s) => type error: max: operand 1 must be one of {set, array} but got string
      """)
  void aggregates(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      object.get(input.o, "k", "d") => "v"
      object.get(input.o, "x", "d") => "d"
      object.get(input.o, "x", input.missing) => undefined
      object.get({"a": {"b": [5, 6]}}, ["a", "b", 1], 0) => 6
      object.get({"a": {"b": 1}}, ["a", "x"], 0) => 0
      object.get({"a": 1}, [], 0) => {"a": 1}
      object.get({"a": null}, "a", 0) => null
      object.get({"a": false}, "a", true) => false
      object.get({1: "x"}, 1.0, 0) => "x"
      object.get({["a"]: 7}, [["a"]], 0) => 7
      object.keys({"b": 1, "a": 2}) => {"a", "b"}
      object.keys({}) => set()
      object.remove({"a": 1, "b": 2, "c": 3}, ["a", "c"]) => {"b": 2}
      object.remove({"a": 1, "b": 2}, {"a"}) => {"b": 2}
      object.remove({"a": 1, "b": 2}, {"a": "whatever"}) => {"b": 2}
      object.remove({"a": 1}, ["x"]) => {"a": 1}
      object.filter({"a": 1, "b": 2}, ["a", "x"]) => {"a": 1}
      object.filter({"a": 1}, []) => {}
      object.filter({"a": {"deep": 1}, "b": 2}, {"a": 0}) => {"a": {"deep": 1}}
      """)
  void objects_are_read_and_reduced(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      object.union({"a": 1}, {"b": 2}) => {"a": 1, "b": 2}
      object.union({"a": 1}, {"a": 2}) => {"a": 2}
      object.union({"a": {"x": 1}}, {"a": {"y": 2}}) => {"a": {"x": 1, "y": 2}}
      object.union({"a": {"x": 1}}, {"a": 2}) => {"a": 2}
      object.union({"a": 2}, {"a": {"x": 1}}) => {"a": {"x": 1}}
      object.union({"a": [1]}, {"a": [2]}) => {"a": [2]}
      object.union({}, {}) => {}
      object.union_n([{"a": 1}, {"b": 2}, {"a": 3}]) => {"a": 3, "b": 2}
      object.union_n([{"a": {"x": 1}}, {"a": {"y": 2}}]) => {"a": {"x": 1, "y": 2}}
      object.union_n([]) => {}
      object.subset({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"c": 2}}) => true
      object.subset({"a": 1}, {"a": 2}) => false
      object.subset({"a": 1}, {}) => true
      object.subset({"a": 1}, {"b": 1}) => false
      object.subset({1, 2, 3}, {1, 3}) => true
      object.subset({1, 2}, {3}) => false
      object.subset([1, 2, 3], [2, 3]) => true
      object.subset([1, 2, 3], [1, 3]) => false
      object.subset([1, 2, 3], {3, 1}) => true
      """)
  void objects_are_merged_and_compared(ExpressionTable.Line line) {
    line.check();
  }
}
