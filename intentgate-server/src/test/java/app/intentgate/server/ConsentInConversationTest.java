package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Seen;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The person behind an agent is asked in the conversation, by MCP elicitation, era of sessions. */
@Timeout(60)
class ConsentInConversationTest {
  static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": true}\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"reason\": \"it is your money\","
          + " \"approval\": {\"by\": \"user\"}} if input.tool == \"pay\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"approval\": {\"by\": \"both\"}}"
          + " if input.tool == \"both\"\n"
          + "decision := {\"allow\": false, \"escalate\": true} if input.tool == \"ask\"\n";
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;
  private static final String FORM = "{\"elicitation\":{}}";

  @TempDir Path directory;
  private FakeMcpServer server;
  private TestGate gate;

  @BeforeEach
  void start() throws IOException {
    server =
        new FakeMcpServer(
            (request, reply) -> {
              if (request.rpc().equals("initialize")) {
                reply.header("Mcp-Session-Id", "s1").result(request, "{\"capabilities\":{}}");
              } else if (request.rpc().isEmpty()) {
                reply.empty(202);
              } else {
                reply.result(request, "{\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}");
              }
            });
    gate = gate("PUBLIC_URL", "https://gate.example");
  }

  private TestGate gate(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("UPSTREAM_URL", server.url(), "POLICY_FILE"));
    all.add(Files.writeString(directory.resolve("policy.rego"), POLICY).toString());
    all.addAll(List.of(more));
    return TestGate.start(directory.resolve("data"), all.toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    gate.close();
    server.close();
  }

  private McpClient client() {
    return new McpClient(gate, gate.mint(Grant.to("bot").tenant("acme")));
  }

  private static String answer(JsonNode question, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"result\":" + result + "}";
  }

  private static String allow(boolean yes) {
    return "{\"action\":\"accept\",\"content\":{\"allow\":" + yes + "}}";
  }

  private static Got pay(McpClient client, int amount) throws Exception {
    String arguments = "{\"amount\":" + amount + "}";
    return client.request(1, "tools/call", "{\"name\":\"pay\",\"arguments\":" + arguments + "}");
  }

  private Approval row() {
    return gate.server().gate().approvals().list(ApprovalQuery.newest(1)).get(0);
  }

  private static JsonNode next(Got stream) throws IOException {
    return Objects.requireNonNull(stream.message(), "the stream ended");
  }

  private long calls() {
    return server.seen().stream().map(Seen::rpc).filter("tools/call"::equals).count();
  }

  @Test
  void whoAllowsInTheFormLetsTheCallGoOnAndTheServerHearsNothingOfTheQuestion() throws Exception {
    McpClient client = client().initialize(FORM);
    Got call =
        client.request(1, "tools/call", "{\"name\":\"pay\",\"arguments\":{\"to\":\"mallory\"}}");
    JsonNode question = next(call);

    assertThat(question.at("/method").asText()).isEqualTo("elicitation/create");
    assertThat(question.at("/params/message").asText())
        .contains("bot", "pay", "it is your money", "to: \"mallory\"");
    assertThat(question.at("/params/requestedSchema/required/0").asText()).isEqualTo("allow");
    assertThat(calls()).isZero();
    assertThat(client.post(answer(question, allow(true))).status()).isEqualTo(202);

    assertThat(next(call).at("/result/content/0/text").asText()).isEqualTo("paid");
    assertThat(calls()).isEqualTo(1);
    assertThat(server.seen()).extracting(Seen::body).noneMatch(body -> body.contains("\"action\""));
    assertThat(gate.events())
        .extracting(stored -> stored.event())
        .filteredOn(event -> event.tool().equals("admin/approvals"))
        .singleElement()
        .satisfies(event -> assertThat(event.principal()).startsWith("user:"));
    assertThat(client.post(answer(question, allow(true))).status())
        .as("once more is nothing more")
        .isEqualTo(202);
    assertThat(row().uses()).isEqualTo(1);
  }

  @Test
  void whoDeclinesOrRefusesEndsTheCallAndWhoClosesTheQuestionLeavesItWaiting() throws Exception {
    McpClient client = client().initialize(FORM);
    for (String no : List.of("{\"action\":\"decline\"}", allow(false))) {
      Got call = pay(client, no.length());
      client.post(answer(next(call), no));
      assertThat(next(call).toString()).contains("rejected by");
    }
    Got call = pay(client, 0);
    JsonNode question = next(call);
    for (String nothing :
        List.of("{\"action\":\"cancel\"}", "{\"action\":\"accept\"}", "{}", "\"yes\"")) {
      assertThat(client.post(answer(question, nothing)).status()).isEqualTo(202);
      assertThat(row().status()).isEqualTo(Approval.Status.PENDING);
    }
    client.post(
        "{\"jsonrpc\":\"2.0\",\"id\":" + question.get("id") + ",\"error\":{\"code\":-32601}}");
    assertThat(row().status()).isEqualTo(Approval.Status.PENDING);
    assertThat(calls()).isZero();
    call.close();
  }

  @Test
  void anotherTokenCannotAnswerNorCanAMadeUpId() throws Exception {
    McpClient client = client().initialize(FORM);
    Got call = client.call(1, "pay");
    JsonNode question = next(call);
    McpClient other = client().initialize(FORM);

    assertThat(other.post(answer(question, allow(true))).status()).isEqualTo(400);
    String id = question.get("id").toString();
    String changed = id.substring(0, id.length() - 3) + "AA\"";
    assertThat(
            client
                .post("{\"jsonrpc\":\"2.0\",\"id\":" + changed + ",\"result\":" + allow(true) + "}")
                .status())
        .isEqualTo(400);
    assertThat(row().status()).isEqualTo(Approval.Status.PENDING);
    assertThat(calls()).isZero();
    call.close();
  }

  @Test
  void aClientThatLeadsToPagesIsGivenTheLinkAndGoingThereAgreesToNothing() throws Exception {
    McpClient client = client().initialize("{\"elicitation\":{\"form\":{},\"url\":{}}}");
    Got call = client.call(1, "pay");
    JsonNode question = next(call);

    assertThat(question.at("/params/mode").asText()).isEqualTo("url");
    assertThat(question.at("/params/elicitationId").asText()).isEqualTo(row().id());
    String url = question.at("/params/url").asText();
    assertThat(url).startsWith("https://gate.example/v1/consent/");
    client.post(answer(question, "{\"action\":\"accept\"}"));
    assertThat(row().status()).isEqualTo(Approval.Status.PENDING);

    String path = url.substring("https://gate.example".length());
    assertThat(gate.post(path, "decision=approve").status()).isEqualTo(200);
    assertThat(next(call).at("/result/content/0/text").asText()).isEqualTo("paid");
  }

  @Test
  void consentIsNoOperatorsApprovalAndAnOperatorsRowIsNoQuestion() throws Exception {
    McpClient client = client().initialize(FORM);
    Got both = client.call(1, "both");
    client.post(answer(next(both), allow(true)));
    assertThat(row().status()).isEqualTo(Approval.Status.PENDING);
    decide("approve");
    assertThat(next(both).at("/result/content/0/text").asText()).isEqualTo("paid");

    Got ask = client.call(2, "ask");
    decide("reject");
    assertThat(next(ask).toString()).as("the first message").contains("rejected by");
  }

  @Test
  void aClientThatDidNotDeclareItOrCannotShowTheCallInFullIsNotAsked() throws Exception {
    McpClient plain = client().initialize("{\"roots\":{}}");
    Got call = plain.call(1, "pay");
    decide("reject");
    assertThat(next(call).toString()).as("the first message").contains("rejected by");

    McpClient form = client().initialize(FORM);
    String args = "{\"text\":\"" + "x".repeat(5_000) + "\"}";
    Got large = form.request(2, "tools/call", "{\"name\":\"pay\",\"arguments\":" + args + "}");
    decide("reject");
    assertThat(next(large).toString()).as("the first message").contains("rejected by");
  }

  private void decide(String decision) throws Exception {
    until(() -> gate.server().gate().heldCalls() > 0);
    assertThat(
            gate.post(
                    "/v1/admin/approvals/" + row().id() + "/decide",
                    "{\"decision\":\"" + decision + "\"}",
                    AUTH,
                    SUPER)
                .status())
        .isEqualTo(200);
  }
}
