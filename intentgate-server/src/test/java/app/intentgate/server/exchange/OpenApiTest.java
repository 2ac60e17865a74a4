package app.intentgate.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditField;
import app.intentgate.server.exchange.OpenApi.Operation;
import app.intentgate.server.http.Access;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is about the routes there are, and about no others (B40). */
class OpenApiTest {
  @Test
  void everyRouteIsInTheDocumentAndEveryOperationInTheTable() {
    assertThat(OpenApi.operations().stream().map(Operation::name))
        .containsExactlyInAnyOrderElementsOf(RouteTable.all().stream().map(Route::name).toList());
  }

  @Test
  void everyOperationSaysWhoMayAndWhetherItIsServed() {
    Map<String, Route> routes =
        RouteTable.all().stream().collect(Collectors.toMap(Route::name, Function.identity()));
    for (Operation operation : OpenApi.operations()) {
      Route route = routes.get(operation.name());
      JsonNode json = operation.json();
      assertThat(operation.built()).as(operation.name()).isEqualTo(route.built());
      Access access = route.access();
      assertThat(json.path("x-intentgate-role").asText(""))
          .as(operation.name())
          .isEqualTo(access == null ? "" : access.role().wireName());
      assertThat(json.path("x-intentgate-all-tenants").asBoolean())
          .as(operation.name())
          .isEqualTo(access != null && access.allTenants());
    }
  }

  @Test
  void everyReferenceIsResolvedAndEveryComponentIsUsed() {
    List<String> references =
        OpenApi.document().findValuesAsText("$ref").stream().distinct().toList();
    List<String> components = new ArrayList<>();
    for (String kind : List.of("parameters", "responses", "schemas")) {
      OpenApi.document()
          .at("/components/" + kind)
          .properties()
          .forEach(entry -> components.add("#/components/" + kind + "/" + entry.getKey()));
    }
    assertThat(references).containsExactlyInAnyOrderElementsOf(components);
  }

  @Test
  void operationIdsAreUniqueAndPathParametersAreNamed() {
    List<Operation> operations = OpenApi.operations();
    assertThat(operations.stream().map(o -> o.json().get("operationId").asText()))
        .doesNotHaveDuplicates();
    for (Operation operation : operations) {
      List<String> named = new ArrayList<>();
      for (JsonNode parameter : operation.json().path("parameters")) {
        JsonNode resolved = OpenApi.resolve(parameter);
        if (resolved.get("in").asText().equals("path")) {
          named.add("{" + resolved.get("name").asText() + "}");
        }
      }
      List<String> inPath =
          Arrays.stream(operation.path().split("/")).filter(s -> s.startsWith("{")).toList();
      assertThat(named).as(operation.name()).containsExactlyElementsOf(inPath);
    }
  }

  @Test
  void anEventHasTheMembersThatTheAuditLogHas() {
    JsonNode event = OpenApi.document().at("/components/schemas/Event");
    assertThat(event.get("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            Arrays.stream(AuditField.values()).map(AuditField::wireName).toList());
    List<String> required = new ArrayList<>();
    event.get("required").forEach(name -> required.add(name.asText()));
    assertThat(required)
        .containsExactlyElementsOf(
            Arrays.stream(AuditField.values())
                .filter(AuditField::isAlwaysWritten)
                .map(AuditField::wireName)
                .toList());
  }

  @Test
  void anAnswerThatIsNotAsDocumentedIsFound() {
    assertThat(problems(200, "{\"jti\":\"a\",\"ok\":true}")).isEmpty();
    assertThat(problems(200, "{\"jti\":\"a\"}")).isNotEmpty();
    assertThat(problems(200, "{\"jti\":\"a\",\"ok\":true,\"more\":1}")).isNotEmpty();
    assertThat(problems(200, "{\"jti\":5,\"ok\":true}")).isNotEmpty();
    assertThat(problems(204, "")).isNotEmpty();
    assertThat(problems(500, "{\"error\":\"internal_error\"}")).isNotEmpty();
  }

  private static List<String> problems(int status, String body) {
    return Contract.problems(
        "POST",
        "/v1/admin/revoke",
        new Answer(
            status,
            List.of(Map.entry("Content-Type", "application/json")),
            body.getBytes(StandardCharsets.UTF_8)));
  }
}
