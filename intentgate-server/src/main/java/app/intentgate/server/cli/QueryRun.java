package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.QueryText;
import app.intentgate.rego.RegoPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query, and for each of its solutions the values of its expressions and variables. */
final class QueryRun {
  private static final String CAPTURED = "__value";

  private final List<QueryText.Expression> expressions;
  private final PreparedQuery prepared;
  private final boolean single;

  /** A solution: the value of each expression, and the variables. */
  record Result(
      List<QueryText.Expression> expressions, List<JsonValue> values, JsonObject bindings) {
    JsonObject json() {
      List<JsonValue> items = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        QueryText.Expression e = expressions.get(i);
        items.add(
            JsonObject.builder(3)
                .put("value", values.get(i))
                .put("text", e.text())
                .put(
                    "location",
                    JsonObject.of(
                        "row",
                        JsonNumber.of(e.location().row()),
                        "col",
                        JsonNumber.of(e.location().col())))
                .build());
      }
      JsonObject.Builder result = JsonObject.builder(2).put("expressions", JsonArray.copyOf(items));
      return bindings.isEmpty() ? result.build() : result.put("bindings", bindings).build();
    }
  }

  QueryRun(RegoPolicy policy, String query, boolean v0, boolean observed) {
    expressions = QueryText.of(query, v0).expressions();
    PreparedQuery plain = prepare(policy, query, observed);
    single = expressions.size() == 1 && plain.isSingle();
    prepared = single ? plain : prepare(policy, captured(), observed);
  }

  private static PreparedQuery prepare(RegoPolicy policy, String query, boolean observed) {
    return observed ? policy.prepareObserved(query) : policy.prepare(query);
  }

  /** The query with a variable for the value of each expression that has one. */
  private String captured() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < expressions.size(); i++) {
      QueryText.Expression e = expressions.get(i);
      out.append(e.isTerm() ? CAPTURED + i + " = " : "").append(e.text()).append('\n');
    }
    return out.toString();
  }

  List<Result> results(@Nullable JsonValue input, EvalOptions options) {
    List<Result> results = new ArrayList<>();
    if (single) {
      JsonValue value = prepared.value(input, options);
      if (value != null) {
        results.add(new Result(expressions, List.of(value), JsonObject.EMPTY));
      }
      return results;
    }
    for (JsonObject solution : prepared.results(input, options)) {
      List<JsonValue> values = new ArrayList<>();
      for (int i = 0; i < expressions.size(); i++) {
        JsonValue value = solution.get(CAPTURED + i);
        values.add(value == null ? JsonBoolean.TRUE : value);
      }
      if (expressions.size() == 1 || !values.contains(JsonBoolean.FALSE)) {
        results.add(new Result(expressions, values, variables(solution)));
      }
    }
    return results;
  }

  private static JsonObject variables(JsonObject solution) {
    JsonObject.Builder variables = JsonObject.builder(solution.size());
    for (int i = 0; i < solution.size(); i++) {
      if (!(solution.keyAt(i) instanceof JsonString s && s.value().startsWith(CAPTURED))) {
        variables.put(solution.keyAt(i), solution.valueAt(i));
      }
    }
    return variables.build();
  }
}
