package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Functions that go through, cut and change whole documents. */
class DocumentFunctionsTest {
  @Expressions(
      """
      json.filter({"a": {"b": 1, "c": 2}, "d": 3}, ["a/b"]) => {"a": {"b": 1}}
      json.filter({"a": {"b": 1, "c": 2}, "d": 3}, {"a/c", "d"}) => {"a": {"c": 2}, "d": 3}
      json.filter({"a": {"b": 1}}, ["/a/b"]) => {"a": {"b": 1}}
      json.filter({"a": {"b": 1}}, [["a", "b"]]) => {"a": {"b": 1}}
      json.filter({"a": {"b": 1}}, ["a"]) => {"a": {"b": 1}}
      json.filter({"a": {"b": 1}}, ["a/x"]) => {"a": {}}
      json.filter({"a": {"b": 1}}, ["x"]) => {}
      json.filter({"a": 1}, []) => {}
      json.filter({"a": [{"b": 1, "c": 2}, 3]}, ["a/0/b"]) => {"a": [{"b": 1}]}
      json.filter({"a/b": 1, "c": 2}, ["a~1b"]) => {"a/b": 1}
      json.filter({"~": 1, "c": 2}, ["~0"]) => {"~": 1}
      json.remove({"a": {"b": 1, "c": 2}}, ["a/b"]) => {"a": {"c": 2}}
      json.remove({"a": {"b": 1}, "d": 3}, ["a"]) => {"d": 3}
      json.remove({"a": {"b": 1}}, ["a/b"]) => {"a": {}}
      json.remove({"a": 1}, ["x", "x/y"]) => {"a": 1}
      json.remove({"a": 1}, []) => {"a": 1}
      json.remove({"a": [1, 2, 3]}, ["a/1"]) => {"a": [1, 3]}
      json.remove({"a": [1, 2, 3]}, ["a/0", "a/2"]) => {"a": [2]}
      json.remove({"a": [{"b": 1, "c": 2}]}, ["a/0/b"]) => {"a": [{"c": 2}]}
      json.remove({"a": {"b": 1, "c": 2}}, {["a", "b"], "a/c"}) => {"a": {}}
      """)
  void paths_select_and_remove(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      json.patch({"a": 1}, [{"op": "add", "path": "/b", "value": 2}]) => {"a": 1, "b": 2}
      json.patch({"a": 1}, [{"op": "add", "path": "/a", "value": 2}]) => {"a": 2}
      json.patch({"a": 1}, [{"op": "add", "path": "b", "value": 2}]) => {"a": 1, "b": 2}
      json.patch({"a": 1}, [{"op": "add", "path": ["b"], "value": 2}]) => {"a": 1, "b": 2}
      json.patch({"a": [1, 3]}, [{"op": "add", "path": "/a/1", "value": 2}]) => {"a": [1, 2, 3]}
      json.patch({"a": [1]}, [{"op": "add", "path": "/a/-", "value": 2}]) => {"a": [1, 2]}
      json.patch({"a": [1]}, [{"op": "add", "path": "/a/1", "value": 2}]) => {"a": [1, 2]}
      json.patch({"a": 1}, [{"op": "add", "path": "", "value": [9]}]) => [9]
      json.patch({"a": 1, "b": 2}, [{"op": "remove", "path": "/a"}]) => {"b": 2}
      json.patch({"a": [1, 2, 3]}, [{"op": "remove", "path": "/a/1"}]) => {"a": [1, 3]}
      json.patch({"a": 1}, [{"op": "replace", "path": "/a", "value": {"x": 1}}]) => {"a": {"x": 1}}
      json.patch({"a": [1, 2]}, [{"op": "replace", "path": "/a/0", "value": 9}]) => {"a": [9, 2]}
      json.patch({"a": 1}, [{"op": "copy", "from": "/a", "path": "/b"}]) => {"a": 1, "b": 1}
      json.patch({"a": {"b": 1}}, [{"op": "move", "from": "/a/b", "path": "/c"}]) => {"a": {}, "c": 1}
      json.patch({"a": [1, 2, 3]}, [{"op": "move", "from": "/a/0", "path": "/a/2"}]) => {"a": [2, 3, 1]}
      json.patch({"a": 1}, [{"op": "test", "path": "/a", "value": 1.0}]) => {"a": 1}
      json.patch({"a/b": 1}, [{"op": "replace", "path": "/a~1b", "value": 2}]) => {"a/b": 2}
      json.patch({"a": {"b", "c"}}, [{"op": "remove", "path": "/a/b"}]) => {"a": {"c"}}
      json.patch({"a": {"b"}}, [{"op": "add", "path": "/a/c", "value": "c"}]) => {"a": {"b", "c"}}
      json.patch({"a": 1}, []) => {"a": 1}
      json.patch([], [{"op": "add", "path": "/0", "value": 1}, {"op": "add", "path": "/0", "value": 0}]) => [0, 1]
      """)
  void patches_are_applied_one_after_the_other(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      json.patch(input.o, [{"op": "remove", "path": "/x"}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "replace", "path": "/x", "value": 1}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "add", "path": "/x/y", "value": 1}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "test", "path": "/k", "value": 1}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "copy", "from": "/x", "path": "/y"}]) => builtin error: json.patch: ...
      json.patch(input.a, [{"op": "add", "path": "/9", "value": 1}]) => builtin error: json.patch: ...
      json.patch(input.a, [{"op": "add", "path": "/x", "value": 1}]) => builtin error: json.patch: ...
      json.patch({"a": {"b"}}, [{"op": "remove", "path": "/a/c"}]) => builtin error: json.patch: ...
      json.patch({"a": {"b"}}, [{"op": "add", "path": "/a/c", "value": "d"}]) => builtin error: json.patch: ...
      json.patch({"a": [1]}, [{"op": "remove", "path": "/a/1"}]) => builtin error: json.patch: ...
      json.patch({"a": [1]}, [{"op": "replace", "path": "/a/-", "value": 1}]) => builtin error: json.patch: ...
      json.patch({"a": 1}, [{"op": "add", "path": "/a/b", "value": 1}]) => builtin error: json.patch: ...
      json.patch({"a": 1}, [{"op": "move", "from": "/b", "path": "/c"}]) => builtin error: json.patch: ...
      json.patch({"a": 1}, [{"op": "add", "path": ["a", "b", "c"], "value": 1}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "other", "path": "/k"}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "add", "path": "/k"}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"path": "/k"}]) => builtin error: json.patch: ...
      json.patch(input.o, [{"op": "replace", "path": "/k", "value": 1}, {"op": "remove", "path": "/x"}]) => builtin error: json.patch: ...
      """)
  void a_patch_that_does_not_fit_changes_nothing(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          org := {
            "ceo": {"cto", "cfo"},
            "cto": ["dev1", "dev2"],
            "cfo": [],
            "dev1": [],
            "dev2": ["dev1", "cto"],
          }

          doc := {"a": [{"id": 1, "x": null}, {"id": 2}], "b": {"c": {"id": 3}}}
          """,
      value =
          """
          graph.reachable(org, {"cto"}) => {"cto", "dev1", "dev2"}
          graph.reachable(org, ["ceo"]) => {"ceo", "cfo", "cto", "dev1", "dev2"}
          graph.reachable(org, ["cfo", "dev1"]) => {"cfo", "dev1"}
          graph.reachable(org, []) => set()
          graph.reachable(org, ["nobody"]) => set()
          graph.reachable({"a": ["b"]}, ["a"]) => {"a"}
          graph.reachable({1: [2], 2: [1]}, [1]) => {1, 2}
          graph.reachable_paths(org, ["cto"]) => {["cto", "dev1"], ["cto", "dev2"], ["cto", "dev2", "dev1"]}
          graph.reachable_paths(org, ["cfo"]) => {["cfo"]}
          graph.reachable_paths(org, []) => set()
          graph.reachable_paths({"a": ["a"]}, ["a"]) => {["a", "a"]}
          [v.id | walk(doc, [_, v]); v.id > 0] => [1, 2, 3]
          [p | walk(doc, [p, {"id": 3}])] => [["b", "c"]]
          [p | walk(doc, [p, null])] => [["a", 0, "x"]]
          [v | walk(doc, [["a", _, "id"], v])] => [1, 2]
          [v | walk(doc, [["b", "c", "id"], v])] => [3]
          [v | walk(doc, [["no", "way"], v])] => []
          [p | walk(doc, [p, _]); count(p) == 1] => [["a"], ["b"]]
          count([1 | walk(doc, _)]) => 10
          [x | walk({1, [2]}, x)] => [[[], {1, [2]}], [[1], 1], [[[2]], [2]], [[[2], 0], 2]]
          [x | walk("scalar", x)] => [[[], "scalar"]]
          [x | walk(input.missing, x)] => []
          [p | [p, v] = walk(doc); v == 2] => [["a", 1, "id"]]
          """)
  void graphs_and_trees_are_gone_through(ExpressionTable.Line line) {
    line.check();
  }
}
