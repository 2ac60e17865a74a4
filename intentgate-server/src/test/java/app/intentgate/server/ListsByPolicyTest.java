package app.intentgate.server;

import static app.intentgate.server.ServersFixture.names;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists leave out what the policy denies without having looked at a call (B35, mcp M5). */
@Timeout(60)
class ListsByPolicyTest {
  private static final String POLICY =
      """
      package intentgate.policy

      default decision := {"allow": false, "reason": "nothing matched"}

      decision := {"allow": true} if input.tool == "read"

      decision := {"allow": true} if {
        input.tool == "pay"
        input.args.amount <= 10
      }

      decision := {"allow": false, "escalate": true} if input.tool == "ask"

      decision := {"allow": true} if {
        input.tool == "night"
        input.agent_id == "owl"
      }

      decision := {"allow": true} if {
        input.tool == "acme"
        input.capability.tenant == "acme"
      }

      decision := {"allow": true} if {
        input.tool == "mine"
        input.user.subject == "ann"
      }

      decision := {"allow": true} if {
        input.tool == "said"
        "said" in input.intent.allowed_tools
      }

      decision := {"allow": true} if {
        input.tool == "whole"
        count(input) > 7
      }

      decision := {"allow": input.args.uri == "file:///a"} if input.tool == "mcp:resources/read"
      """;

  @TempDir Path directory;

  private static FakeMcpServer server() throws Exception {
    StringBuilder tools = new StringBuilder();
    for (String tool :
        List.of("read", "pay", "ask", "night", "acme", "mine", "said", "whole", "drop", "other")) {
      tools.append(tools.length() == 0 ? "" : ",").append("{\"name\":\"" + tool + "\"}");
    }
    return new FakeMcpServer(
        (request, reply) ->
            reply.result(
                request,
                request.rpc().equals("tools/list")
                    ? "{\"tools\":["
                        + tools
                        + "],\"resultType\":\"complete\",\"ttlMs\":9,\"cacheScope\":\"public\"}"
                    : "{\"resources\":[{\"uri\":\"file:///a\",\"name\":\"a\"}]}"));
  }

  private TestGate gate(FakeMcpServer server, String... more) throws Exception {
    Path policy = Files.writeString(directory.resolve("p.rego"), POLICY);
    List<String> all =
        new ArrayList<>(List.of("UPSTREAM_URL", server.url(), "POLICY_FILE", policy.toString()));
    all.addAll(List.of(more));
    return TestGate.start(directory.resolve("data"), all.toArray(new String[0]));
  }

  private static List<String> listed(TestGate gate, Grant grant) throws Exception {
    return names(
        new McpClient(gate, gate.mint(grant)).legacy().request(1, "tools/list", "{}").json(),
        "tools");
  }

  @Test
  void m5WhatThePolicyDeniesByToolAndCallerAloneIsNotShown() throws Exception {
    try (FakeMcpServer server = server();
        TestGate gate = gate(server)) {
      assertThat(listed(gate, Grant.to("lark")))
          .as("arguments, person and intent may still say otherwise, and a human may agree")
          .containsExactly("read", "pay", "ask", "mine", "said", "whole");
      assertThat(listed(gate, Grant.to("owl").tenant("acme")))
          .containsExactly("read", "pay", "ask", "night", "acme", "mine", "said", "whole");
      assertThat(listed(gate, Grant.to("lark").tools("drop", "read", "night")))
          .containsExactly("read");

      JsonNode modern =
          new McpClient(gate, gate.mint(Grant.to("lark")))
              .modern(1, "tools/list", "", "")
              .json()
              .path("result");
      assertThat(modern.path("tools")).hasSize(6);
      assertThat(modern.path("cacheScope").asText()).isEqualTo("private");
      assertThat(modern.path("ttlMs").asInt()).isEqualTo(9);
    }
  }

  @Test
  void aPolicyThatIsPromotedCountsAtOnce() throws Exception {
    try (FakeMcpServer server = server();
        TestGate gate = gate(server)) {
      assertThat(listed(gate, Grant.to("lark"))).doesNotContain("drop");
      String bearer = "Bearer " + TestGate.ADMIN;
      Answer draft =
          gate.post(
              "/v1/admin/policies/drafts",
              "{\"name\":\"all\",\"rego_source\":"
                  + "\"package intentgate.policy\\ndecision := {\\\"allow\\\": true}\"}",
              "Authorization",
              bearer);
      String id = TestGate.json(draft).path("id").asText();
      Answer promoted =
          gate.post(
              "/v1/admin/policies/active",
              "{\"draft_id\":\"" + id + "\"}",
              "Authorization",
              bearer);
      assertThat(promoted.status()).as(promoted.toString()).isEqualTo(200);
      assertThat(listed(gate, Grant.to("lark"))).hasSize(10);
    }
  }

  @Test
  void judgedMethodsAreTreatedAlikeAndAnObservingGateHidesNothing() throws Exception {
    try (FakeMcpServer server = server()) {
      try (TestGate gate = gate(server, "MCP_METHODS", "{\"resources/read\":\"judge\"}")) {
        JsonNode list =
            new McpClient(gate, gate.mint(Grant.to("lark")))
                .legacy()
                .request(1, "resources/list", "{}")
                .json();
        assertThat(names(list, "resources")).as("the policy looks at the address").hasSize(1);
      }
      try (TestGate gate = gate(server, "MODE", "observe")) {
        assertThat(listed(gate, Grant.to("lark"))).hasSize(10);
      }
    }
  }
}
