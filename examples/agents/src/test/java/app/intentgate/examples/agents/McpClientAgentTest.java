package app.intentgate.examples.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.examples.agents.mcpclient.McpClientAgent;
import app.intentgate.sdk.ApprovalPending;
import app.intentgate.sdk.PolicyDenied;
import app.intentgate.sdk.TokenSource;
import app.intentgate.token.CapabilityToken;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official MCP client against a gate as it is served. */
@Timeout(90)
class McpClientAgentTest {
  @TempDir Path folder;
  private RealGate gate;

  @BeforeEach
  void start() throws Exception {
    gate = new RealGate(folder);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  @Test
  void theGateIsTheServerBehindItToAnMcpClient() {
    TokenSource tokens = TokenSource.of(gate.token("mcp", "read_*", "pay_invoice"));
    try (McpClientAgent agent = new McpClientAgent(gate.url(), tokens, "settle invoice 7")) {
      assertThat(agent.tools()).containsExactly("read_invoice", "pay_invoice");
      assertThat(agent.call("read_invoice", Map.of("id", 7))).isEqualTo("invoice 7: 120 EUR");
      assertThatThrownBy(() -> agent.call("pay_invoice", Map.of("id", 7)))
          .isInstanceOf(PolicyDenied.class);
      assertThatThrownBy(() -> agent.call("pay_invoice", Map.of("id", 7, "amount", 5000)))
          .isInstanceOfSatisfying(
              ApprovalPending.class,
              pending -> {
                gate.decide(pending.pendingId(), true);
                assertThat(agent.call("pay_invoice", Map.of("id", 7, "amount", 5000)))
                    .as("the identical call finds its approval")
                    .isEqualTo("paid 5000 EUR on invoice 7");
              });
    }
    assertThat(gate.tools.done).containsExactly("invoice 7: 120 EUR", "paid 5000 EUR on invoice 7");
  }

  @Test
  void theTokenIsAskedForBeforeEachRequest() {
    AtomicReference<CapabilityToken> current = new AtomicReference<>(gate.token("mcp"));
    try (McpClientAgent agent =
        new McpClientAgent(gate.url(), request -> current.get(), "read invoices")) {
      agent.call("read_invoice", Map.of("id", 7));
      current.set(gate.token("mcp", "pay_invoice"));
      assertThatThrownBy(() -> agent.call("read_invoice", Map.of("id", 7)))
          .hasMessageContaining("not in allowed set");
    }
  }

  @Test
  void aBadTokenGivesNoConnection() {
    CapabilityToken revoked = gate.token("mcp");
    gate.server.gate().revoke(revoked.id(), "test");

    assertThatThrownBy(
            () -> new McpClientAgent(gate.url(), TokenSource.of(revoked), "anything").close())
        .isNotNull();
    assertThat(gate.tools.done).isEmpty();
  }
}
