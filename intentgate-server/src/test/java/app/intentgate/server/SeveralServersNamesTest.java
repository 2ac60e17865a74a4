package app.intentgate.server;

import static app.intentgate.server.ServersFixture.client;
import static app.intentgate.server.ServersFixture.entry;
import static app.intentgate.server.ServersFixture.names;
import static app.intentgate.server.ServersFixture.seen;
import static app.intentgate.server.ServersFixture.server;
import static app.intentgate.server.ServersFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several tool servers: names and addresses kept apart, and the stateless era (mcp M1-M5). */
@Timeout(60)
class SeveralServersNamesTest {
  @TempDir Path directory;

  private TestGate gate(FakeMcpServer one, FakeMcpServer two, String... more) throws Exception {
    return ServersFixture.gate(
        directory, List.of(entry("sap", one.url(), ""), entry("crm", two.url(), "")), more);
  }

  @Test
  void resourcesKeepApartByTheirAddressesAndOnesInAnswersAreThoseOfTheList() throws Exception {
    FakeMcpServer.Script resources =
        (request, reply) -> {
          switch (request.rpc()) {
            case "resources/list" ->
                reply.result(request, "{\"resources\":[{\"uri\":\"file:///a\",\"name\":\"a\"}]}");
            case "resources/read" ->
                reply.result(
                    request,
                    "{\"contents\":[{\"uri\":"
                        + request.json().at("/params/uri")
                        + ",\"text\":\""
                        + request.header("Mcp-Session-Id")
                        + "\"}]}");
            default ->
                reply.result(
                    request, "{\"content\":[{\"type\":\"resource_link\",\"uri\":\"file:///a\"}]}");
          }
        };
    try (FakeMcpServer sap = server("sap", "2025-11-25", resources);
        FakeMcpServer crm = server("crm", "2025-11-25", resources);
        TestGate gate = gate(sap, crm)) {
      McpClient client = client(gate);
      JsonNode list = client.request(1, "resources/list", "{}").json().at("/result/resources");
      assertThat(list.at("/0/uri").asText()).isEqualTo("sap+file:///a");
      assertThat(list.at("/1/uri").asText()).isEqualTo("crm+file:///a");

      JsonNode read = client.request(2, "resources/read", "{\"uri\":\"crm+file:///a\"}").json();
      assertThat(read.at("/result/contents/0/text").asText()).isEqualTo("crm-session");
      assertThat(read.at("/result/contents/0/uri").asText()).isEqualTo("crm+file:///a");
      assertThat(seen(crm, "resources/read").get(0).json().at("/params/uri").asText())
          .isEqualTo("file:///a");
      assertThat(client.call(3, "sap_x").json().at("/result/content/0/uri").asText())
          .isEqualTo("sap+file:///a");
    }
  }

  @Test
  void m2M3TheStatelessEraIsServedByAllAndHeadersSayWhatTheServersOwnNameIs() throws Exception {
    FakeMcpServer.Script modern =
        (request, reply) -> {
          if (request.rpc().equals("server/discover")) {
            reply.result(
                request,
                "{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}},"
                    + "\"resultType\":\"complete\"}");
          } else if (request.rpc().equals("tools/list")) {
            reply.result(
                request,
                "{\"tools\":[{\"name\":\"read\",\"x-mcp-header\":1}],\"ttlMs\":5000,"
                    + "\"cacheScope\":\"public\",\"resultType\":\"complete\"}");
          } else {
            reply.result(request, text(String.valueOf(request.header("Mcp-Name"))));
          }
        };
    try (FakeMcpServer sap = new FakeMcpServer(modern);
        FakeMcpServer crm = new FakeMcpServer(modern);
        TestGate gate = gate(sap, crm)) {
      McpClient client = new McpClient(gate, gate.mint(Grant.to("agent")));

      JsonNode discovered = client.modern(1, "server/discover", "", "").json().path("result");
      assertThat(discovered.at("/supportedVersions/0").asText()).isEqualTo("2026-07-28");
      JsonNode list = client.modern(2, "tools/list", "", "").json();
      assertThat(names(list, "tools")).containsExactly("sap_read", "crm_read");
      assertThat(list.at("/result/ttlMs").asInt()).isEqualTo(5000);
      assertThat(list.at("/result/cacheScope").asText()).isEqualTo("private");
      assertThat(list.at("/result/tools/0/x-mcp-header").asInt()).isEqualTo(1);
      Got got = client.modern(3, "tools/call", "crm_read", "\"name\":\"crm_read\"");
      assertThat(got.json().at("/result/content/0/text").asText()).isEqualTo("read");
      assertThat(seen(sap, "tools/call")).isEmpty();
      assertThat(
              client
                  .modern(4, "tasks/get", "t", "\"taskId\":\"t\"")
                  .json()
                  .at("/error/code")
                  .asInt())
          .as("no server's task")
          .isEqualTo(-32602);
    }
  }
}
