package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An operator at a gate: paths are those below {@code /v1/admin/}, and bodies are JSON in which
 * {@code '} stands for a quotation mark.
 */
record OperatorClient(TestGate gate, String token) {
  private static final String BASE = "/v1/admin/";

  /** The operator of all tenants. */
  static OperatorClient superadmin(TestGate gate) {
    return new OperatorClient(gate, TestGate.ADMIN);
  }

  /** An operator with a new account; its members beside the name, {@code 'role':'viewer'}. */
  OperatorClient account(String name, String members) {
    JsonNode made = done("operators", "{'name':'" + name + "'," + members + "}");
    return new OperatorClient(gate, made.path("token").asText());
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Answer send(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
    all.addAll(Arrays.asList(headers));
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return gate.send(method, BASE + path, bytes, all.toArray(String[]::new));
  }

  /** What a route answers who may ask. */
  JsonNode read(String path) {
    return ok(get(path));
  }

  /** What a route answers who may do that. */
  JsonNode done(String path, String body) {
    return ok(post(path, body));
  }

  private static JsonNode ok(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isIn(200, 201);
    return TestGate.json(answer);
  }

  /** The status of an answer, and its one sentence. */
  static String refusal(Answer answer) {
    return answer.status() + " " + TestGate.json(answer).path("error").asText();
  }
}
