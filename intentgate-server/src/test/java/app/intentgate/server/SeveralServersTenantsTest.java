package app.intentgate.server;

import static app.intentgate.server.ServersFixture.entry;
import static app.intentgate.server.ServersFixture.plain;
import static app.intentgate.server.ServersFixture.seen;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Seen;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tool server of one tenant is told of that tenant's sessions: all of it, also the end. */
@Timeout(60)
class SeveralServersTenantsTest {
  @TempDir Path directory;
  private FakeMcpServer sap;
  private FakeMcpServer crm;
  private TestGate gate;

  @BeforeEach
  void start() throws Exception {
    sap = plain("sap");
    crm = plain("crm");
    gate =
        ServersFixture.gate(
            directory,
            List.of(
                entry("sap", sap.url(), ""), entry("crm", crm.url(), ",\"tenants\":[\"acme\"]")));
  }

  @AfterEach
  void stop() {
    gate.close();
    sap.close();
    crm.close();
  }

  private static List<Seen> ends(FakeMcpServer server) {
    return server.seen().stream().filter(request -> request.method().equals("DELETE")).toList();
  }

  @Test
  void aSessionThatItsClientEndsIsEndedThere() throws Exception {
    McpClient client = new McpClient(gate, gate.mint(Grant.to("a").tenant("acme"))).initialize();
    assertThat(client.send("DELETE", "").status()).isEqualTo(200);
    assertThat(ends(sap)).hasSize(1);
    assertThat(ends(crm))
        .singleElement()
        .satisfies(end -> assertThat(end.header("Mcp-Session-Id")).isEqualTo("crm-session"));
  }

  @Test
  void aSessionWhoseTokenIsRevokedIsEndedThere() throws Exception {
    String token = gate.mint(Grant.to("a").tenant("acme"));
    McpClient client = new McpClient(gate, token).initialize();
    assertThat(client.call(1, "crm_read").status()).isEqualTo(200);
    String id = gate.events().get(gate.events().size() - 1).event().capabilityTokenId();
    gate.post(
        "/v1/admin/revoke",
        "{\"jti\":\"" + id + "\"}",
        "Authorization",
        "Bearer " + TestGate.ADMIN);
    until("the end of the session", () -> !ends(crm).isEmpty() && !ends(sap).isEmpty());
  }

  @Test
  void aSessionThatTheGateOpensForACallerWithoutOneIsBegunThereAsItShouldBe() {
    String[] token = {"Authorization", "Bearer " + gate.mint(Grant.to("a").tenant("acme"))};
    assertThat(gate.post("/v1/tool-call", "{\"tool\":\"crm.read\",\"args\":{}}", token).text())
        .contains("\"text\":\"crm\"");
    assertThat(seen(crm, "notifications/initialized"))
        .singleElement()
        .satisfies(told -> assertThat(told.header("Mcp-Session-Id")).isEqualTo("crm-session"));
  }
}
