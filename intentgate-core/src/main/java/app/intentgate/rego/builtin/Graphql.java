package app.intentgate.rego.builtin;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.graphql.GraphqlException;
import app.intentgate.rego.graphql.GraphqlQuery;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;

/** {@code graphql.parse_query}. What needs a GraphQL schema is not here. */
final class Graphql {
  private Graphql() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("graphql.parse_query(string): object[any: any]", Graphql::parseQuery);
  }

  private static JsonValue parseQuery(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String query = Operands.string(args, 0);
    context.chargeBytes(query.length());
    context.chargeValues(query.length());
    try {
      return GraphqlQuery.parse(query, context::chargeSteps);
    } catch (GraphqlException e) {
      throw BuiltinException.of(String.valueOf(e.getMessage()));
    }
  }
}
