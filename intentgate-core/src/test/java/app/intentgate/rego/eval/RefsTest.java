package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Paths into documents, with keys of every type. */
class RefsTest {
  private static final String DOCUMENTS =
      """
      keyed := object.union({1: "int", true: "bool", null: "null", "s": "string"}, {[1, 2]: "array", {3}: "set", {"x": 1}: "object", "": "empty", 0.5: "half"})

      items := array.concat(["a", ["b", "c"], {"k": [7, 8]}], [])

      members := {1, "s", [1, 2], {"x": 1}, {3}, null, false}

      points := {[1, "a"], [1, "b"], [2, "a"]}

      key := "s"

      index := 1
      """;

  @Expressions(
      rules = DOCUMENTS,
      value =
          """
          keyed[1] => "int"
          keyed[1.0] => "int"
          keyed[true] => "bool"
          keyed[false] => undefined
          keyed[null] => "null"
          keyed.s => "string"
          keyed["s"] => "string"
          keyed[key] => "string"
          keyed[lower("S")] => "string"
          keyed[[1, 2]] => "array"
          keyed[[1.0, 2]] => "array"
          keyed[[2, 1]] => undefined
          keyed[{3}] => "set"
          keyed[{"x": 1}] => "object"
          keyed[{"x": 2}] => undefined
          keyed[""] => "empty"
          keyed[0.5] => "half"
          keyed[5e-1] => "half"
          keyed["1"] => undefined
          keyed["null"] => undefined
          keyed[input.missing] => undefined
          keyed[input.n] => "int"
          keyed[input.a] => "array"
          [k | keyed[k] == "set"] => [{3}]
          [y | keyed[[1, y]] == "array"] => [2]
          """)
  void keys_of_objects_are_any_values(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = DOCUMENTS,
      value =
          """
          items[0] => "a"
          items[1][0] => "b"
          items[1][index] => "c"
          items[2].k[1] => 8
          items[3] => undefined
          items[-1] => undefined
          items[input.s] => undefined
          items[0][0] => undefined
          items[input.t] => undefined
          items[index] => ["b", "c"]
          items[count([1, 1])] => {"k": [7, 8]}
          [x | items[_][_] = x] => ["b", "c", [7, 8]]
          [p.j | some p in [{"i": 1, "j": 0}, {"i": 1, "j": 9}]; items[p.i][p.j]] => [0]
          [[i, j] | items[i][j] == "c"] => [[1, 1]]
          [k | items[_][k][_] == 8] => ["k"]
          """)
  void arrays_are_read_at_positions(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = DOCUMENTS,
      value =
          """
          members[1] => 1
          members["s"] => "s"
          members[[1, 2]] => [1, 2]
          members[{"x": 1}] => {"x": 1}
          members[{3}] => {3}
          members[null] => null
          members[false] => false
          members[2] => undefined
          members[input.missing] => undefined
          if members[false] => undefined
          if members[null] => true
          if members[input.a] => true
          if not members[9] => true
          [y | points[[1, y]]] => ["a", "b"]
          [x | points[[x, "a"]]] => [1, 2]
          [p | points[p]; p[0] == 2] => [[2, "a"]]
          members[[1, 2]][1] => 2
          members[{"x": 1}].x => 1
          """)
  void a_member_of_a_set_is_its_own_value(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      data =
          "{'a': {'b': {'c': 1}}, 'list': [{'id': 1, 'tags': ['x', 'y']}, {'id': 2, 'tags': []}],"
              + " 'with space': {'sl/ash': true}, 'users': {'ann': {'roles': ['r1', 'r2']},"
              + " 'bob': {'roles': ['r2']}}, 'matrix': [[1, 2], [3, 4]]}",
      value =
          """
          data.a.b.c => 1
          data["a"]["b"]["c"] => 1
          data["with space"]["sl/ash"] => true
          data.a.b.c.d => undefined
          data.a[input.s] => undefined
          [x | data.list[_].id = x] => [1, 2]
          [t | t := data.list[_].tags[_]] => ["x", "y"]
          [i | data.list[i].tags[_] == "y"] => [0]
          {u | data.users[u].roles[_] == "r2"} => {"ann", "bob"}
          {u | data.users[u].roles[0] == "r2"} => {"bob"}
          {[u, r] | r := data.users[u].roles[_]; u != "bob"} => {["ann", "r1"], ["ann", "r2"]}
          [x | some i in [0, 1]; x := data.matrix[i][i]] => [1, 4]
          [x | x := data.matrix[_][_]; x > 1] => [2, 3, 4]
          [p | some p in [["b", "c"], ["b", "d"]]; data.a[p[0]][p[1]]] => [["b", "c"]]
          count(data.users) => 2
          """)
  void variables_in_a_path_stand_for_every_key(ExpressionTable.Line line) {
    line.check();
  }
}
