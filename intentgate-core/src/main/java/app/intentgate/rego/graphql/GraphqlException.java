package app.intentgate.rego.graphql;

/** A text is no GraphQL query. The message names the place as line and column, from 1. */
public final class GraphqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GraphqlException(String problem, int line, int column) {
    super(problem + " in GraphQL string at location " + line + ":" + column, null, false, false);
  }
}
