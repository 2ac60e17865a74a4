package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Sets and objects that rules make piece by piece, and rules whose names are paths. */
class PartialRulesTest {
  @Expressions(
      rules =
          """
          tags contains "a"

          tags contains "b" if input.t

          tags contains "c" if input.f

          tags contains x if some x in ["a", "d"]

          numbers contains 1

          numbers contains 1.0

          numbers contains [1, 2]

          numbers contains {"k": {2, 1}}

          pairs contains [x, y] if {
            some x in [1, 2]
            some y in ["p", "q"]
          }

          none contains 1 if input.f
          """,
      value =
          """
          tags => {"a", "b", "d"}
          count(tags) => 3
          tags.a => "a"
          tags["c"] => undefined
          "d" in tags => true
          numbers => {1, [1, 2], {"k": {1, 2}}}
          numbers[[1, 2]] => [1, 2]
          numbers[{"k": {1, 2}}] => {"k": {1, 2}}
          numbers[1.0] == 1 => true
          numbers[[2, 1]] => undefined
          [y | pairs[[2, y]]] => ["p", "q"]
          [x | pairs[[x, "q"]]] => [1, 2]
          count(pairs) => 4
          [x | some x in tags] => ["a", "b", "d"]
          [x | tags[x]] => ["a", "b", "d"]
          if tags == {"d", "b", "a"} => true
          if none == set() => true
          tags - none => {"a", "b", "d"}
          """)
  void sets_hold_what_any_rule_adds_once(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          scores["a"] := 1

          scores["b"] := 2 if input.t

          scores["c"] := 3 if input.f

          scores[k] := v if some k, v in {"d": 4, "a": 1}

          keyed[1] := "int"

          keyed[true] := "bool"

          keyed[null] := "null"

          keyed[[1, 2]] := "array"

          keyed[{3}] := "set"

          keyed[{"x": 1}] := "object"

          torn["a"] := 1

          torn["a"] := 2 if input.t

          torn["b"] := 3

          torn_by_one[k] := v if {
            some k in ["a"]
            some v in [1, 2]
          }

          quiet["a"] := 1

          quiet["a"] := 2 if input.f

          flags[x] if some x in input.a

          none[x] := 1 if some x in input.empty
          """,
      value =
          """
          scores => {"a": 1, "b": 2, "d": 4}
          scores.a => 1
          scores.c => undefined
          [k | scores[k] > 1] => ["b", "d"]
          sum([v | some v in scores]) => 7
          keyed[1.0] => "int"
          keyed[true] => "bool"
          keyed[null] => "null"
          keyed[[1, 2]] => "array"
          keyed[{3}] => "set"
          keyed[{"x": 1}] => "object"
          if input.s == keyed[_] => undefined
          count(keyed) => 6
          quiet => {"a": 1}
          flags => {1: true, 2: true}
          none => {}
          torn => conflict: complete rules must not produce multiple outputs
          torn.a => conflict: complete rules must not produce multiple outputs
          torn.b => 3
          torn_by_one => conflict: object keys must be unique
          count(torn) => conflict: complete rules must not produce multiple outputs
          """)
  void objects_have_one_value_for_a_key_or_contradict(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          a.b.c := 1

          a.b.d := 2 if input.t

          a.b.e := 3 if input.f

          a.s contains x if some x in input.a

          a.deep[k].leaf := v if some k, v in {"x": 1, "y": 2}

          by_role[role].users contains user if {
            some user, roles in {"ann": ["dev", "ops"], "bob": ["dev"]}
            some role in roles
          }

          grid[x][y] := x * y if {
            some x in [1, 2]
            some y in [1, 2]
          }

          a.default_here.x := 5

          default level.of.trust := 0

          level.of.trust := 9 if input.f

          t.x := 1

          t[k] := 2 if k := "y"

          torn.x := 1

          torn[k] := 2 if k := "x"

          nested[k].v := 1 if some k in ["x", "y"]

          nested[k].v := 2 if some k in ["y"]

          inside[k].v := 1 if some k in ["x"]

          inside[k] := 2 if some k in ["x"]

          below[k] := 1 if some k in ["x"]

          below[k].v := 1 if some k in ["x"]

          over_set[k].v contains 1 if some k in ["x"]

          over_set[k][l].w contains 1 if [k, l] = ["x", "v"]

          keyed[[a, b]] := a + b if {
            some a in [1, 2]
            b := a * 10
          }

          agreeing[k].v := 1 if some k in ["x", "y"]

          agreeing[k].v := 1.0 if some k in ["y"]

          both.f(x) := x * 2

          both.g := 7
          """,
      value =
          """
          a.b => {"c": 1, "d": 2}
          a.b.c => 1
          a.b.e => undefined
          a.s => {1, 2}
          a.deep => {"x": {"leaf": 1}, "y": {"leaf": 2}}
          a.deep.x.leaf => 1
          a.deep.x.other => undefined
          [k | a.deep[k].leaf == 2] => ["y"]
          by_role => {"dev": {"users": {"ann", "bob"}}, "ops": {"users": {"ann"}}}
          by_role.dev.users.bob => "bob"
          [r | "bob" in by_role[r].users] => ["dev"]
          grid => {1: {1: 1, 2: 2}, 2: {1: 2, 2: 4}}
          grid[2][1] => 2
          grid[2] => {1: 2, 2: 4}
          [x | grid[x][2] == 4] => [2]
          level.of.trust => 0
          level => {"of": {"trust": 0}}
          t => {"x": 1, "y": 2}
          t.y => 2
          torn => conflict: object keys must be unique
          nested => conflict: object keys must be unique
          nested.y.v => conflict: object keys must be unique
          nested.x.v => 1
          inside => conflict: object keys must be unique
          count(agreeing) => 2
          below => conflict: object keys must be unique
          over_set => conflict: object keys must be unique
          keyed[[2, 20]] => 22
          keyed[[2, 10]] => undefined
          [b | keyed[[1, b]]] => [10]
          if some b; keyed[[b, 20]] == 22; b == 2 => true
          both.f(4) => 8
          both.g => 7
          both => {"g": 7}
          count(a) => 4
          """)
  void rules_whose_names_are_paths_make_one_document(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          roles contains r if some r in data.roles[input.user]

          allowed[action] if {
            some r in roles
            some action in data.grants[r]
          }

          denied contains action if {
            some action in data.frozen
          }

          decision := {"allow": allow, "reasons": reasons}

          default allow := false

          allow if {
            allowed[input.action]
            not denied[input.action]
          }

          reasons contains "not granted" if not allowed[input.action]

          reasons contains "frozen" if denied[input.action]
          """,
      data =
          "{'roles': {'ann': ['dev', 'ops'], 'bob': ['dev']},"
              + " 'grants': {'dev': ['read'], 'ops': ['read', 'write']}, 'frozen': ['write']}",
      input = "{'user': 'ann', 'action': 'read'}",
      value =
          """
          decision => {"allow": true, "reasons": set()}
          [d | d := decision with input.action as "write"] => [{"allow": false, "reasons": {"frozen"}}]
          [d | d := decision with input.user as "bob" with input.action as "write"] => [{"allow": false, "reasons": {"frozen", "not granted"}}]
          [d | d := decision with input.user as "eve"] => [{"allow": false, "reasons": {"not granted"}}]
          [d | d := decision with data.frozen as [] with input.action as "write"] => [{"allow": true, "reasons": set()}]
          """)
  void partial_rules_build_on_each_other(ExpressionTable.Line line) {
    line.check();
  }
}
