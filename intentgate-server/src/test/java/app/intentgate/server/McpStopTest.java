package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of streams when the gate stops (B43, mcp L5). */
@Timeout(60)
class McpStopTest {
  @TempDir Path directory;

  @Test
  void theServersOwnStreamEndsAtOnce() throws Exception {
    try (FakeMcpServer server =
        new FakeMcpServer(
            (request, reply) -> {
              if (request.rpc().equals("initialize")) {
                reply
                    .header("Mcp-Session-Id", "up-1")
                    .result(request, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
              } else {
                reply.stream().raw(": hello\n\n").awaitGone();
              }
            })) {
      TestGate gate =
          TestGate.start(directory, "UPSTREAM_URL", server.url(), "UPSTREAM_TIMEOUT_MS", "5000");
      Thread stop = new Thread(gate::close, "stop");
      McpClient client = new McpClient(gate, gate.mint(Grant.to("agent"))).initialize();
      try (Got stream = client.send("GET", "")) {
        assertThat(stream.piece()).isEqualTo(": hello");
        long before = System.nanoTime();
        stop.start();
        while (stream.piece() != null) {
          // It comes to its end; a stream that is cut off would throw here.
        }
        stop.join();
        // Not the 15 seconds that a call would have to come to its end.
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
      }
    }
  }
}
