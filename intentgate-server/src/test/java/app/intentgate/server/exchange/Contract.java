package app.intentgate.server.exchange;

import app.intentgate.server.exchange.OpenApi.Operation;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds an answer against the OpenAPI document: the status is one that the operation has, the
 * content type too, and the body is as its schema says, without a member more.
 */
public final class Contract {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<JsonNode, Schema> COMPILED = new ConcurrentHashMap<>();

  private Contract() {}

  /** Fails when an answer is not as documented. */
  public static Answer check(String method, String path, Answer answer) {
    List<String> problems = problems(method, path, answer);
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "not as /openapi.json says: " + method + " " + path + ": " + problems + ": " + answer);
    }
    return answer;
  }

  /** What is not as documented. */
  public static List<String> problems(String method, String path, Answer answer) {
    Optional<Operation> operation = operation(method, path.split("\\?")[0]);
    if (answer.status() == 0 || operation.isEmpty()) {
      return List.of();
    }
    JsonNode responses = operation.get().json().get("responses");
    JsonNode response = responses.path(String.valueOf(answer.status()));
    if (response.isMissingNode()) {
      response = responses.path(answer.status() / 100 + "XX");
    }
    if (response.isMissingNode()) {
      return List.of("status " + answer.status() + " is not documented");
    }
    if (method.equals("HEAD")) {
      return List.of();
    }
    return body(OpenApi.resolve(response).path("content"), answer);
  }

  /** The operation of a request: of two that match, the one with fewer parameters. */
  private static Optional<Operation> operation(String method, String path) {
    String served = method.equals("HEAD") ? "GET" : method;
    Optional<Route> route =
        RouteTable.of(path).stream()
            .filter(candidate -> candidate.method().equals(served))
            .min(Comparator.comparingInt(found -> found.path().split("\\{").length));
    return route.flatMap(
        found ->
            OpenApi.operations().stream()
                .filter(operation -> operation.name().equals(found.name()))
                .findFirst());
  }

  private static List<String> body(JsonNode content, Answer answer) {
    String header = answer.header("Content-Type");
    String type = header == null ? "" : header.split(";")[0].strip();
    if (content.isMissingNode() || type.isEmpty()) {
      return answer.body().length == 0 ? List.of() : List.of("a body is not documented");
    }
    JsonNode schema = content.path(type).path("schema");
    if (schema.isMissingNode()) {
      return List.of("content type " + type + " is not documented");
    }
    return switch (type) {
      case "application/json" -> errors(schema, answer.text());
      case "application/x-ndjson" ->
          schema.has("$ref")
              ? answer.text().lines().flatMap(line -> errors(schema, line).stream()).toList()
              : List.of();
      default -> List.of();
    };
  }

  /** What a text does not have as a schema says. */
  static List<String> errors(JsonNode schema, String json) {
    Schema compiled =
        COMPILED.computeIfAbsent(schema, node -> SCHEMAS.getSchema(OpenApi.closed(node)));
    List<String> out = new ArrayList<>();
    for (Error error :
        compiled.validate(
            json,
            InputFormat.JSON,
            context ->
                context.executionConfig(config -> config.formatAssertionsEnabled(Boolean.TRUE)))) {
      out.add(error.toString());
    }
    return out;
  }
}
