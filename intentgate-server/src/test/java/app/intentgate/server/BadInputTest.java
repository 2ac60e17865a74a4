package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.OpenApi;
import app.intentgate.server.exchange.OpenApi.Operation;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every member of every operator's body, from the document's schemas, missing, null, of each wrong
 * type, too long, and with members that are unknown: never a 500, and never taken for what it is
 * not.
 */
@Timeout(180)
class BadInputTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final int CAP = 1 << 20;
  private static final List<String> WRONG =
      List.of("5", "-1", "1.5", "true", "\"text\"", "\"\"", "[]", "{}", "[5]", "[[]]", "{\"a\":1}");

  @TempDir static Path directory;
  private static TestGate gate;

  @BeforeAll
  static void start() {
    gate = TestGate.start(directory);
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  /** The operations that take a JSON body from an operator. */
  private static Stream<Operation> operations() {
    return OpenApi.operations().stream()
        .filter(operation -> operation.built() && operation.path().startsWith("/v1/admin/"))
        .filter(operation -> !schema(operation).isMissingNode());
  }

  private static JsonNode schema(Operation operation) {
    return OpenApi.resolve(
        operation.json().at("/requestBody/content/application~1json").path("schema"));
  }

  private static Answer send(Operation operation, String body) {
    return gate.send(
        operation.method(),
        operation.path().replaceAll("\\{[^}]*}", "none"),
        body.getBytes(StandardCharsets.UTF_8),
        AUTH,
        SUPER);
  }

  @Test
  void a_time_of_a_year_that_rfc_3339_does_not_have_is_refused_wherever_one_is_asked_for() {
    int asked = 0;
    for (Operation operation : OpenApi.operations()) {
      for (JsonNode parameter : operation.json().path("parameters")) {
        String name = OpenApi.resolve(parameter).path("name").asText();
        if (!operation.method().equals("GET") || !(name.equals("from") || name.equals("to"))) {
          continue;
        }
        for (String time :
            List.of("%2B300000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z")) {
          Answer answer =
              gate.send(
                  operation.method(),
                  operation.path().replaceAll("\\{[^}]*}", "none")
                      + "?tenant=acme&"
                      + name
                      + "="
                      + time,
                  new byte[0],
                  AUTH,
                  SUPER);
          assertThat(answer.status()).as(operation.path() + " " + name + " " + time).isEqualTo(400);
          assertThat(answer.text()).contains("invalid '" + name + "' timestamp");
          asked++;
        }
      }
    }
    assertThat(asked).as("by three routes").isGreaterThanOrEqualTo(3 * 2 * 3);
  }

  /** A body with a value for each member, right by its schema. */
  private static ObjectNode whole(JsonNode schema) {
    ObjectNode body = Vectors.JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> member : schema.get("properties").properties()) {
      body.set(member.getKey(), right(member.getKey(), member.getValue()));
    }
    return body;
  }

  private static JsonNode right(String name, JsonNode schema) {
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (type(schema)) {
      case "integer" -> Vectors.JSON.getNodeFactory().numberNode(1);
      case "boolean" -> Vectors.JSON.getNodeFactory().booleanNode(false);
      case "array" -> Vectors.JSON.createArrayNode();
      case "object" -> Vectors.JSON.createObjectNode();
      default ->
          Vectors.JSON
              .getNodeFactory()
              .textNode(
                  schema.path("format").asText("").equals("date-time")
                      ? "2030-01-02T03:04:05Z"
                      : name);
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.get(0).asText() : type.asText();
  }

  @TestFactory
  Stream<DynamicTest> aMemberOfAWrongTypeIs400() {
    return operations()
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> wrongTypes(operation)));
  }

  private static void wrongTypes(Operation operation) throws Exception {
    JsonNode schema = schema(operation);
    List<String> taken = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : schema.get("properties").properties()) {
      for (String value : WRONG) {
        JsonNode wrong = Vectors.JSON.readTree(value);
        if (isOfType(wrong, member.getValue())) {
          continue;
        }
        Answer answer = send(operation, whole(schema).set(member.getKey(), wrong).toString());
        if (answer.status() != 400) {
          taken.add(member.getKey() + " = " + value + ": " + answer);
        }
      }
    }
    assertThat(taken).isEmpty();
  }

  private static boolean isOfType(JsonNode value, JsonNode schema) {
    return switch (type(schema)) {
      case "integer" -> value.isInt();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray() && (value.isEmpty() || value.get(0).isTextual());
      case "object" -> value.isObject();
      default -> value.isTextual();
    };
  }

  @TestFactory
  Stream<DynamicTest> aRequiredMemberThatIsMissingOrNullIs400AndAnotherIsNot() {
    return operations()
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> missing(operation)));
  }

  private static void missing(Operation operation) {
    JsonNode schema = schema(operation);
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : schema.get("properties").properties()) {
      String name = member.getKey();
      ObjectNode without = whole(schema);
      without.remove(name);
      Answer missing = send(operation, without.toString());
      Answer empty = send(operation, whole(schema).putNull(name).toString());
      boolean refused = refused(operation, missing) && refused(operation, empty);
      if (required.contains(name) && !refused) {
        wrong.add(name + " is required: " + missing + empty);
      }
      if (missing.status() >= 500 || empty.status() != missing.status()) {
        wrong.add(name + " missing and null: " + missing + empty);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What is named in the path does not exist here, which may be found first. */
  private static boolean refused(Operation operation, Answer answer) {
    return answer.status() == 400 || operation.path().contains("{") && answer.status() == 404;
  }

  @TestFactory
  Stream<DynamicTest> anUnknownMemberIs400WhereTheBodyIsStrict() {
    return operations()
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> unknown(operation)));
  }

  private static void unknown(Operation operation) {
    JsonNode schema = schema(operation);
    boolean strict = !schema.path("additionalProperties").asBoolean(true);
    List<String> names = new ArrayList<>(List.of("no_such_member", ""));
    schema
        .get("properties")
        .fieldNames()
        .forEachRemaining(name -> names.add(name.toUpperCase(Locale.ROOT)));
    Answer plain = send(operation, whole(schema).toString());
    for (String name : names) {
      Answer answer = send(operation, whole(schema).put(name, "x").toString());
      if (strict) {
        assertThat(answer.status()).as("%s %s", name, answer).isEqualTo(400);
        assertThat(answer.text()).as(name).contains("unknown field");
      } else {
        assertThat(answer.status()).as("%s %s", name, answer).isEqualTo(plain.status());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> aMemberThatIsTooLongIsNoFailureAndABodyOverTheCapIsRefusedByName() {
    return operations()
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> tooLong(operation)));
  }

  private static void tooLong(Operation operation) {
    JsonNode schema = schema(operation);
    for (Map.Entry<String, JsonNode> member : schema.get("properties").properties()) {
      if (!type(member.getValue()).equals("string")) {
        continue;
      }
      ObjectNode body = whole(schema);
      Answer longer = send(operation, body.put(member.getKey(), "x".repeat(900_000)).toString());
      assertThat(longer.status()).as("%s: %s", member.getKey(), longer).isLessThan(500);
      Answer over = send(operation, body.put(member.getKey(), "x".repeat(CAP)).toString());
      assertThat(over.status()).as("%s: %s", member.getKey(), over).isEqualTo(400);
      assertThat(over.text()).contains("body exceeds " + CAP + " bytes");
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoJsonObjectIs400() {
    List<String> bodies =
        List.of("[]", "5", "null", "{", "{} {}", "{\"a\":1,\"a\":2}", "\u0000", "{\"a\":\"\t\"}");
    return operations()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.name(),
                    () ->
                        assertThat(bodies)
                            .allSatisfy(
                                body ->
                                    assertThat(send(operation, body).status())
                                        .as(body)
                                        .isEqualTo(400))));
  }

  @Test
  void aMegabyteOfRegoIsSavedAndWhatDoesNotCompileSaysWhere() {
    StringBuilder rego = new StringBuilder("package intentgate.policy\ndefault decision := {}\n");
    while (rego.length() < 1_000_000) {
      rego.append("# a comment that is as long as comments are\n");
    }
    Answer saved = draft(rego.toString());
    assertThat(saved.status()).as("%s", saved).isEqualTo(201);

    Answer broken = draft("package intentgate.policy\n\ndecision := {\n  \"allow\": := true\n}\n");

    assertThat(broken.status()).isEqualTo(400);
    JsonNode error = TestGate.json(broken).at("/errors/0");
    assertThat(error.path("row").asInt()).isEqualTo(4);
    assertThat(error.path("col").asInt()).isPositive();
    assertThat(error.path("message").asText()).isNotBlank();
  }

  private static Answer draft(String rego) {
    return gate.post(
        "/v1/admin/policies/drafts",
        Vectors.JSON.createObjectNode().put("rego_source", rego).toString(),
        AUTH,
        SUPER);
  }
}
