package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** What a policy sees of a GraphQL query. */
class GraphqlFunctionsTest {
  @Expressions(
      rules =
          """
          parsed(q) := graphql.parse_query(q)

          selected(q) := [s.Name | some s in parsed(q).Operations[0].SelectionSet]

          fields contains f if {
            walk(parsed(input.query), [_, v])
            f := v.Name
            v.Alias
          }
          """,
      input =
          "{'query': 'query all($id: ID! = 7) { user(id: $id) { name posts { title } } other: user"
              + " { name } }', 'n': 1}",
      value =
          """
          selected("{a b}") => ["a", "b"]
          selected("query q { a }") => ["a"]
          parsed("{a}").Operations[0].Operation => "query"
          parsed("mutation m { a }").Operations[0].Operation => "mutation"
          parsed("mutation m { a }").Operations[0].Name => "m"
          parsed("{x: a}").Operations[0].SelectionSet[0] => {"Alias": "x", "Name": "a"}
          parsed("{a}").Operations[0].SelectionSet[0] => {"Alias": "a", "Name": "a"}
          parsed("{a(b: 5)}").Operations[0].SelectionSet[0].Arguments[0].Name => "b"
          parsed("{a(b: 5)}").Operations[0].SelectionSet[0].Arguments[0].Value.Raw => "5"
          count(parsed("query a {x} query b {y}").Operations) => 2
          parsed("{...f} fragment f on T {x}").Fragments[0].TypeCondition => "T"
          parsed(input.query).Operations[0].VariableDefinitions[0].Variable => "id"
          parsed("# only a comment\\n{a}").Operations[0].SelectionSet[0].Name => "a"
          [v.Value.Kind | some v in parsed(`{a(i: 1, f: 1.5, s: "s", t: true, n: null, e: E, l: [1], o: {x: 1}, v: $v)}`).Operations[0].SelectionSet[0].Arguments] => [1, 2, 3, 5, 6, 7, 8, 9, 0]
          parsed(`{a(b: "x\\n\\u00e9\\"")}`).Operations[0].SelectionSet[0].Arguments[0].Value.Raw => "x\\né\\""
          graphql.parse_query(`{a(b: "\\q")}`) => builtin error: graphql.parse_query: ...
          graphql.parse_query("{a(b: 1.)}") => builtin error: graphql.parse_query: ...
          graphql.parse_query("{...f} fragment f x T {a}") => builtin error: graphql.parse_query: Expected "on", found Name "x" in GraphQL string at location 1:19
          graphql.parse_query("{a ? b}") => builtin error: graphql.parse_query: ...
          fields => {"name", "posts", "title", "user"}
          if not fields.password => true
          graphql.parse_query("{") => builtin error: graphql.parse_query: Expected Name, found <EOF> in GraphQL string at location 1:2
          graphql.parse_query("nothing") => builtin error: graphql.parse_query: Unexpected Name "nothing" in GraphQL string at location 1:1
          graphql.parse_query("{a: {}}") => builtin error: graphql.parse_query: Expected Name, found { in GraphQL string at location 1:5
          graphql.parse_query(input.n) => type error: graphql.parse_query: operand 1 must be string but got number
          """)
  void operations_and_their_fields_are_documents(ExpressionTable.Line line) {
    line.check();
  }
}
