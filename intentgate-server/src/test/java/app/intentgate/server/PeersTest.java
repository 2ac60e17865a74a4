package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.server.exchange.Answer;
import app.intentgate.token.Grant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gate whose upstream, or whose OPA, is a real process that is slow, stands still, answers
 * nonsense, dies, and comes back: every call is answered in time, and nothing is executed twice.
 */
@Timeout(90)
class PeersTest {
  private static final byte[] NONSENSE = "SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  private Peer peer;
  private Proxy proxy;

  @BeforeEach
  void startPeer() throws Exception {
    peer = new Peer(directory);
    proxy = new Proxy(peer.port());
  }

  @AfterEach
  void end() throws Exception {
    proxy.close();
    peer.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + proxy.port() + path;
  }

  /** An agent and its gate. */
  private final class Agent implements AutoCloseable {
    private final TestGate gate;
    private final String token;
    private int number;

    Agent(String... variables) {
      gate = TestGate.start(directory.resolve("data"), variables);
      token = gate.mint(Grant.to("agent"));
    }

    private Answer call() {
      number++;
      return gate.post(
          "/v1/mcp",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_a\","
              + "\"arguments\":{\"n\":"
              + number
              + "}}}",
          "Authorization",
          "Bearer " + token);
    }

    /** What a call was answered with: nothing when it went well. */
    private String problem() {
      var error = TestGate.json(call()).path("error");
      return error.path("message").asText() + error.path("data").asText();
    }

    private void assertBack() throws Exception {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      for (String said = problem(); !said.isEmpty(); said = problem()) {
        assertThat(System.nanoTime()).as("back in time: %s", said).isLessThan(end);
      }
      assertThat(problem()).isEmpty();
    }

    private long outcomes() {
      return gate.events().stream()
          .map(StoredEvent::event)
          .filter(event -> event.phase() == AuditPhase.OUTCOME)
          .map(AuditEvent::callId)
          .distinct()
          .count();
    }

    @Override
    public void close() {
      gate.close();
    }
  }

  @Test
  void an_upstream_that_is_slow_frozen_mad_killed_and_back_never_leaves_a_call_without_an_answer()
      throws Exception {
    try (Agent agent = new Agent("UPSTREAM_URL", url("/rpc"), "UPSTREAM_TIMEOUT_MS", "500")) {
      proxy.slow(30);
      agent.assertBack();
      proxy.slow(0);

      peer.freeze();
      assertThat(agent.problem()).isEqualTo("upstream timeout");
      peer.thaw();
      agent.assertBack();

      proxy.nonsense(NONSENSE);
      assertThat(agent.problem()).isEqualTo("upstream transport");
      proxy.nonsense(null);
      agent.assertBack();

      peer.kill();
      proxy.down();
      assertThat(agent.problem()).startsWith("upstream ");
      peer.startAgain();
      proxy.up();
      agent.assertBack();

      assertThat(peer.executed()).doesNotHaveDuplicates().contains(String.valueOf(agent.number));
      assertThat(agent.outcomes()).as("one outcome for each call").isEqualTo(agent.number);
    }
  }

  @Test
  void an_opa_that_is_slow_frozen_mad_killed_and_back_refuses_meanwhile() throws Exception {
    try (Agent agent = new Agent("OPA_URL", url(""), "OPA_TIMEOUT_MS", "500")) {
      proxy.slow(30);
      agent.assertBack();
      proxy.slow(0);

      peer.freeze();
      assertThat(agent.problem()).contains("did not answer in time");
      peer.thaw();
      agent.assertBack();

      proxy.nonsense(NONSENSE);
      assertThat(agent.problem()).contains("no decision");
      proxy.nonsense(null);
      agent.assertBack();

      peer.kill();
      proxy.down();
      assertThat(agent.problem()).contains("cannot be reached");
      peer.startAgain();
      proxy.up();
      agent.assertBack();
    }
  }
}
