package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call that waits for a person, in the stateless era: an answer that the client goes on with (mcp
 * M8), with the question where that person is behind the agent.
 */
@Timeout(60)
class ConsentInRoundsTest {
  private static final String CAN =
      "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}";
  private static final String ARGS = "{\"to\":\"mallory\"}";

  @TempDir Path directory;

  private static FakeMcpServer server() throws Exception {
    return new FakeMcpServer(
        (request, reply) ->
            reply.result(
                request,
                "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}"));
  }

  private TestGate gate(FakeMcpServer server, String... more) throws Exception {
    Path policy =
        Files.writeString(directory.resolve("policy.rego"), ConsentInConversationTest.POLICY);
    List<String> all = new ArrayList<>(List.of("UPSTREAM_URL", server.url(), "POLICY_FILE"));
    all.add(policy.toString());
    all.addAll(List.of(more));
    return TestGate.start(directory.resolve("data"), all.toArray(String[]::new));
  }

  private static McpClient client(TestGate gate, String token) {
    return new McpClient(gate, token).with("Accept", "application/json");
  }

  private static Got call(McpClient client, String tool, String args, String more, String meta)
      throws Exception {
    return client.modern(
        1, "tools/call", tool, "\"name\":\"" + tool + "\",\"arguments\":" + args + more, meta);
  }

  private static String state(JsonNode asked) {
    return ",\"requestState\":" + asked.at("/result/requestState");
  }

  private static String responses(String result) {
    return ",\"inputResponses\":{\"app.intentgate/consent\":" + result + "}";
  }

  private static final String YES = "{\"action\":\"accept\",\"content\":{\"allow\":true}}";

  private static Approval row(TestGate gate) {
    return gate.server().gate().approvals().list(ApprovalQuery.newest(1)).get(0);
  }

  private static void decide(TestGate gate, String decision) {
    gate.post(
        "/v1/admin/approvals/" + row(gate).id() + "/decide",
        "{\"decision\":\"" + decision + "\"}",
        "Authorization",
        "Bearer " + TestGate.ADMIN);
  }

  @Test
  void theQuestionIsAnAnswerAndTheSameCallWithTheConsentGoesThroughOnce() throws Exception {
    for (String async : List.of("false", "true")) {
      try (FakeMcpServer server = server();
          TestGate gate = gate(server, "APPROVAL_ASYNC", async)) {
        String token = gate.mint(Grant.to("bot").tenant("acme"));
        McpClient client = client(gate, token);
        JsonNode asked = call(client, "pay", ARGS, "", CAN).json();

        assertThat(asked.at("/result/resultType").asText()).isEqualTo("input_required");
        JsonNode question = asked.at("/result/inputRequests/app.intentgate~1consent");
        assertThat(question.at("/method").asText()).isEqualTo("elicitation/create");
        assertThat(question.at("/params/message").asText()).contains("to: \"mallory\"");
        assertThat(server.seen()).isEmpty();

        String round = state(asked) + responses(YES);
        JsonNode done = call(client, "pay", ARGS, round, CAN).json();
        assertThat(done.at("/result/content/0/text").asText()).isEqualTo("paid");
        assertThat(server.seen()).hasSize(1);
        assertThat(server.seen().get(0).body())
            .doesNotContain("requestState")
            .doesNotContain("inputResponses");

        JsonNode again = call(client, "pay", ARGS, round, CAN).json();
        assertThat(again.toString()).contains("used before");
        assertThat(server.seen()).hasSize(1);
      }
    }
  }

  @Test
  void whoDeclinesEndsTheCallAndWhoClosesTheQuestionIsNotAskedAgain() throws Exception {
    try (FakeMcpServer server = server();
        TestGate gate = gate(server, "APPROVAL_ASYNC", "true")) {
      McpClient client = client(gate, gate.mint(Grant.to("bot")));
      JsonNode asked = call(client, "pay", ARGS, "", CAN).json();
      String declined = state(asked) + responses("{\"action\":\"decline\"}");
      assertThat(call(client, "pay", ARGS, declined, CAN).text()).contains("rejected");

      JsonNode second = call(client, "pay", "{}", "", CAN).json();
      String closed = state(second) + responses("{\"action\":\"cancel\"}");
      JsonNode waiting = call(client, "pay", "{}", closed, CAN).json();
      assertThat(waiting.at("/result/_meta/app.intentgate~1denial/pending_id").asText())
          .isEqualTo(row(gate).id());
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void aStateOfAnotherTokenOrOfOtherArgumentsIsNone() throws Exception {
    try (FakeMcpServer server = server();
        TestGate gate = gate(server)) {
      String token = gate.mint(Grant.to("bot"));
      JsonNode asked = call(client(gate, token), "pay", ARGS, "", CAN).json();
      String round = state(asked) + responses(YES);
      String child = CapabilityToken.decode(token).attenuate(new Caveat.MaxCalls(5)).encode();

      for (Got got :
          List.of(
              call(client(gate, child), "pay", ARGS, round, CAN),
              call(client(gate, token), "pay", "{\"to\":\"eve\"}", round, CAN))) {
        assertThat(got.json().at("/result/resultType").asText()).isEqualTo("input_required");
      }
      assertThat(server.seen()).isEmpty();
      assertThat(gate.server().gate().approvals().list(ApprovalQuery.newest(10)))
          .hasSize(3)
          .allMatch(row -> row.status() == Approval.Status.PENDING);
    }
  }

  @Test
  void aRevokedTokenConsentsToNothing() throws Exception {
    try (FakeMcpServer server = server();
        TestGate gate = gate(server)) {
      String token = gate.mint(Grant.to("bot"));
      JsonNode asked = call(client(gate, token), "pay", ARGS, "", CAN).json();
      gate.post(
          "/v1/admin/revoke",
          "{\"jti\":\"" + CapabilityToken.decode(token).id() + "\"}",
          "Authorization",
          "Bearer " + TestGate.ADMIN);

      Got refused = call(client(gate, token), "pay", ARGS, state(asked) + responses(YES), CAN);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(row(gate).status()).isEqualTo(Approval.Status.PENDING);
    }
  }

  @Test
  void m8WhereAnOperatorDecidesTheClientComesAgainWithAStateAlone() throws Exception {
    try (FakeMcpServer server = server();
        TestGate gate = gate(server, "APPROVAL_HOLD_S", "1")) {
      McpClient client = client(gate, gate.mint(Grant.to("bot")));
      JsonNode told = call(client, "ask", ARGS, "", CAN).json();
      assertThat(told.at("/result/resultType").asText()).isEqualTo("input_required");
      assertThat(told.at("/result").has("inputRequests")).isFalse();

      decide(gate, "approve");
      JsonNode done = call(client, "ask", ARGS, state(told), CAN).json();
      assertThat(done.at("/result/content/0/text").asText()).isEqualTo("paid");
    }
    try (FakeMcpServer server = server();
        TestGate gate = gate(server, "APPROVAL_ASYNC", "true")) {
      McpClient client = client(gate, gate.mint(Grant.to("bot")));
      JsonNode waits = call(client, "ask", ARGS, "", CAN).json();
      assertThat(waits.at("/result/_meta/app.intentgate~1denial/code").asInt()).isEqualTo(-32019);
    }
  }
}
