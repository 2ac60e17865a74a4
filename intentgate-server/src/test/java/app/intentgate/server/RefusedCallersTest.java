package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever fails to say who they are is recorded, whatever they ask for (B31). */
@Timeout(60)
class RefusedCallersTest {
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  @TempDir Path directory;

  private TestGate gate() {
    return TestGate.start(
        directory, "REQUIRE_CAPABILITY", "true", "UPSTREAM_URL", "http://127.0.0.1:1/mcp");
  }

  private static Answer ask(TestGate gate, String token) {
    return gate.post(
        "/v1/mcp", LIST, "Authorization", "Bearer " + token, "MCP-Protocol-Version", "2025-11-25");
  }

  private static List<AuditEvent> refused(TestGate gate) {
    return gate.events().stream()
        .map(stored -> stored.event())
        .filter(event -> event.decision() == AuditDecision.BLOCK)
        .toList();
  }

  @Test
  void b31aListAskedForWithABadTokenIsRecordedLikeACallAndHoldsNothingOfTheToken() {
    try (TestGate gate = gate()) {
      Answer answer = ask(gate, "this-is-no-token");

      assertThat(answer.status()).isEqualTo(401);
      assertThat(refused(gate))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.tool()).isEqualTo("mcp:tools/list");
                assertThat(event.check()).isEqualTo("capability");
                assertThat(event.callId()).isEqualTo(answer.header("X-IntentGate-Call-Id"));
                assertThat(event.toString()).doesNotContain("this-is-no-token");
              });
    }
  }

  @Test
  void b31TheServersStreamAndTheEndOfASessionAreRecordedToo() {
    try (TestGate gate = gate()) {
      gate.get("/v1/mcp", "Accept", "text/event-stream");
      gate.send("DELETE", "/v1/mcp", new byte[0], "Authorization", "Bearer none-of-ours");

      assertThat(refused(gate))
          .extracting(AuditEvent::tool)
          .containsExactly("mcp:stream", "mcp:session/end");
    }
  }

  @Test
  void b31ManyFailuresOfOneSourceAreOneEventAndANumberThenThrottledAndOthersAreNot() {
    try (TestGate gate = gate()) {
      for (int i = 0; i < 100; i++) {
        assertThat(ask(gate, "guessing-" + i).status()).isEqualTo(401);
      }
      Answer over = ask(gate, "guessing-on");
      String good = gate.mint(Grant.to("agent"));

      assertThat(over.status()).isEqualTo(429);
      assertThat(over.header("Retry-After")).isNotNull();
      assertThat(refused(gate)).hasSize(1);
      assertThat(ask(gate, good).status()).as("a token that holds").isNotIn(401, 429);
      assertThat(gate.server().gate().audit()).isNotNull();
      gate.server().recordSummaries();
      assertThat(refused(gate))
          .extracting(AuditEvent::reason)
          .anyMatch(reason -> reason.equals("100 more failed authentications in a minute"));
    }
  }
}
