package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.server.mcp.MethodRules;
import app.intentgate.server.mcp.ToolNames;
import app.intentgate.server.pin.PinnedTools;
import app.intentgate.token.KeyRing;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a held stream shows while it waits, with times a test can wait for. */
@Timeout(60)
class HoldingTest {
  private static final String POLICY =
      "package intentgate.policy\ndecision := {\"allow\": false, \"escalate\": true}\n";

  private static String answer(HoldTimes times, String meta) throws Exception {
    IntentGate gate =
        IntentGate.builder()
            .requireToken(false)
            .policy(RegoPolicyEngine.compile("p", POLICY, "test", Duration.ofSeconds(1)))
            .build();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    var agents =
        AgentRoutesFactory.create(
            gate,
            null,
            server.getThreadPool(),
            new AgentRoutesFactory.Options(
                KeyRing.generate(),
                times,
                true,
                MethodRules.NONE,
                ToolNames.SAME,
                PinnedTools.OFF,
                100_000,
                Duration.ofSeconds(10),
                "1",
                new MemoryOpenCallStore(),
                null,
                null));
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            agents.mcp(request, response, callback);
            return true;
          }
        });
    server.start();
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\""
            + meta
            + "}}";
    try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/mcp HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder seen = new StringBuilder();
      int progress = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        seen.append(line).append('\n');
        progress += line.contains("notifications/progress") ? 1 : 0;
        if (line.contains("-32019") || progress == 3) {
          return seen.toString();
        }
      }
      return seen.toString();
    } finally {
      server.stop();
      gate.close();
    }
  }

  @Test
  void a_stream_without_a_progress_token_shows_comments_and_ends_with_the_pending_id()
      throws Exception {
    HoldTimes times =
        new HoldTimes(Duration.ofMillis(10), Duration.ofMillis(400), Duration.ofMillis(50));
    String seen = answer(times, "");
    assertThat(seen).contains("HTTP/1.1 200").contains(": waiting").contains("-32019");
    assertThat(seen).doesNotContain("notifications/progress");
  }

  @Test
  void a_stream_with_a_progress_token_hears_of_progress_and_outlasts_the_limit() throws Exception {
    HoldTimes times =
        new HoldTimes(Duration.ofMillis(10), Duration.ofMillis(60), Duration.ofMillis(50));
    String seen = answer(times, ",\"_meta\":{\"progressToken\":\"p1\"}");
    assertThat(seen)
        .contains("\"progressToken\":\"p1\",\"progress\":1")
        .containsPattern("\"_meta\":\\{\"app.intentgate/approval_id\":\"[\\w-]{22}\"}")
        .contains("\"progress\":3")
        .doesNotContain("-32019");
  }
}
