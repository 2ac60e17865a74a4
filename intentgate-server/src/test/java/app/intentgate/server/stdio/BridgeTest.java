package app.intentgate.server.stdio;

import static app.intentgate.server.exchange.FakeMcpServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.FakeMcpServer.Seen;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a bridge makes of lines, and of what the other side does. */
@Timeout(60)
class BridgeTest {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}";

  /** A bridge that is talked to. */
  private static final class Lined implements AutoCloseable {
    private final PipedOutputStream to = new PipedOutputStream();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Bridge bridge;
    private final Thread running;

    Lined(FakeMcpServer server) throws Exception {
      this(server, "token-1");
    }

    Lined(FakeMcpServer server, String token) throws Exception {
      PipedInputStream in = new PipedInputStream(to, 1 << 20);
      PipedOutputStream out = new PipedOutputStream();
      BufferedReader from =
          new BufferedReader(
              new InputStreamReader(new PipedInputStream(out, 1 << 20), StandardCharsets.UTF_8));
      bridge = new Bridge(URI.create(server.url()), () -> token, out, log::add);
      running = new Thread(() -> bridge.run(in));
      running.start();
      Thread reader =
          new Thread(
              () -> {
                try {
                  for (String line = from.readLine(); line != null; line = from.readLine()) {
                    lines.add(line);
                  }
                } catch (java.io.IOException e) {
                  // The test is over.
                  return;
                }
              });
      reader.setDaemon(true);
      reader.start();
    }

    Lined send(String line) throws Exception {
      to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      to.flush();
      return this;
    }

    Lined request(int id, String method, String params) throws Exception {
      return send(
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + id
              + ",\"method\":\""
              + method
              + "\",\"params\":{"
              + params
              + "}}");
    }

    JsonNode next() throws Exception {
      String line = lines.poll(30, TimeUnit.SECONDS);
      assertThat(line).as("a message; the log says %s", log).isNotNull();
      return Vectors.JSON.readTree(line);
    }

    OutputStream input() {
      return to;
    }

    @Override
    public void close() {
      bridge.close();
      try {
        running.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      assertThat(running.isAlive()).isFalse();
    }
  }

  /** A server with sessions, which counts them. */
  private static final class Counted implements FakeMcpServer.Script {
    private final FakeMcpServer.Script script;
    private volatile int sessions;

    Counted(FakeMcpServer.Script script) {
      this.script = script;
    }

    @Override
    public void play(Seen request, FakeMcpServer.Reply reply) throws Exception {
      if (request.rpc().equals("initialize")) {
        sessions++;
        reply
            .header("Mcp-Session-Id", "s-" + sessions)
            .result(request, "{\"protocolVersion\":\"2025-06-18\",\n\"capabilities\":{}}");
      } else if (request.rpc().startsWith("notifications/")) {
        reply.empty(202);
      } else {
        script.play(request, reply);
      }
    }
  }

  private static Lined opened(Lined lined) throws Exception {
    lined.request(0, "initialize", "\"protocolVersion\":\"2025-11-25\"");
    assertThat(lined.next().at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
    return lined.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  @Test
  void aTokenThatNoHeaderCanHoldIsToldOfAndNotQuoted() throws Exception {
    try (FakeMcpServer server = new FakeMcpServer((request, reply) -> reply.result(request, "{}"));
        Lined lined = new Lined(server, "secret-one\nsecret-two")) {
      lined.request(1, "tools/list", "");
      JsonNode answer = lined.next();
      assertThat(answer.path("id").asInt()).isEqualTo(1);
      assertThat(answer.at("/error/code").asInt()).isEqualTo(-32603);
      lined.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      lined.request(2, "tools/list", META);
      assertThat(lined.next().path("id").asInt()).isEqualTo(2);

      assertThat(answer + " " + lined.log).contains("token").doesNotContain("secret");
      assertThat(server.seen()).isEmpty();
    }
  }

  @Test
  void aSessionIsKeptListenedToAndEnded() throws Exception {
    CountDownLatch listened = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                new Counted(
                    (request, reply) -> {
                      if (request.method().equals("GET")) {
                        reply.stream()
                            .event("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"roots/list\"}");
                        listened.countDown();
                      } else if (request.method().equals("DELETE")) {
                        reply.empty(200);
                      } else if (request.rpc().isEmpty()) {
                        reply.empty(202);
                      } else {
                        reply.result(request, "{}");
                      }
                    }));
        Lined lined = new Lined(server)) {
      opened(lined);
      assertThat(lined.next().path("method").asText()).isEqualTo("roots/list");
      lined.send("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{\"roots\":[]}}");
      lined.request(1, "ping", "");
      assertThat(lined.next().path("id").asInt()).isEqualTo(1);
      lined.input().close();
      lined.running.join(20_000);
      assertThat(server.seen().get(0).header("Mcp-Session-Id")).isNull();
      assertThat(server.seen().subList(1, server.seen().size()))
          .allSatisfy(
              seen -> {
                assertThat(seen.header("Mcp-Session-Id")).isEqualTo("s-1");
                assertThat(seen.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
                assertThat(seen.header("Authorization")).isEqualTo("Bearer token-1");
              });
      assertThat(server.seen()).anyMatch(seen -> seen.body().contains("\"roots\":[]"));
      assertThat(server.seen().get(server.seen().size() - 1).method()).isEqualTo("DELETE");
    }
  }

  @Test
  void aSessionThatTheServerForgotIsOpenedAnewAndTheRequestSentOnceMore() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                new Counted(
                    (request, reply) -> {
                      if (request.method().equals("GET")) {
                        reply.empty(405);
                      } else if ("s-1".equals(request.header("Mcp-Session-Id"))) {
                        reply.empty(404);
                      } else {
                        reply.result(request, "{\"session\":\"two\"}");
                      }
                    }));
        Lined lined = new Lined(server)) {
      opened(lined);
      lined.request(1, "tools/list", "");
      assertThat(lined.next().at("/result/session").asText()).isEqualTo("two");
    }
  }

  @Test
  void aStreamThatBreaksIsGoneOnWithWhereItBroke() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                new Counted(
                    (request, reply) -> {
                      if (request.rpc().equals("tools/call")) {
                        reply.stream().raw("id: e1\nretry: 10\ndata: \n\n").end();
                      } else if ("e1".equals(request.header("Last-Event-ID"))) {
                        reply.stream()
                            .raw(
                                "id: e2\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":5,"
                                    + "\"result\":{\"late\":true}}\n\n")
                            .end();
                      } else {
                        reply.empty(405);
                      }
                    }));
        Lined lined = new Lined(server)) {
      opened(lined);
      lined.request(5, "tools/call", "\"name\":\"slow\"");
      assertThat(lined.next().at("/result/late").asBoolean()).isTrue();
    }
  }

  @Test
  void headersOfTheStatelessEraAreMadeFromTheMessage() throws Exception {
    String tools =
        "{\"tools\":[{\"name\":\"grüße\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
            + "{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
            + "\"deep\":{\"properties\":{\"n\":{\"x-mcp-header\":\"Number\"}}},"
            + "\"other\":{\"x-mcp-header\":\"bad\\r\\nheader\"}}}}]}";
    try (FakeMcpServer server =
            new FakeMcpServer(
                (request, reply) ->
                    reply.result(request, request.rpc().equals("tools/list") ? tools : "{}"));
        Lined lined = new Lined(server)) {
      lined.request(1, "tools/list", META);
      lined.next();
      lined.request(
          2,
          "tools/call",
          "\"name\":\"grüße\",\"arguments\":{\"region\":\""
              + " süd\",\"deep\":{\"n\":7},\"other\":\"x\"},"
              + META);
      assertThat(lined.next().path("id").asInt()).isEqualTo(2);
      Seen call = server.seen().get(1);
      assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
      assertThat(call.header("Mcp-Method")).isEqualTo("tools/call");
      assertThat(call.header("Mcp-Name")).isEqualTo("=?base64?Z3LDvMOfZQ==?=");
      assertThat(call.header("Mcp-Param-Region")).isEqualTo("=?base64?IHPDvGQ=?=");
      assertThat(call.header("Mcp-Param-Number")).isEqualTo("7");
      assertThat(call.header("Mcp-Session-Id")).isNull();
      assertThat(server.seen()).noneMatch(seen -> seen.method().equals("GET"));
    }
  }

  @Test
  void aCancelledRequestOfTheStatelessEraClosesItsExchange() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (FakeMcpServer server =
            new FakeMcpServer(
                (request, reply) -> {
                  if (request.rpc().equals("tools/call")) {
                    FakeMcpServer.Stream stream = reply.stream().raw(": here\n\n");
                    begun.countDown();
                    stream.awaitGone();
                    gone.countDown();
                  } else {
                    reply.result(request, "{}");
                  }
                });
        Lined lined = new Lined(server)) {
      lined.request(1, "tools/call", "\"name\":\"slow\"," + META);
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      lined.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
      lined.request(2, "server/discover", META);
      assertThat(lined.next().path("id").asInt()).as("and nothing of the first").isEqualTo(2);
      assertThat(server.seen()).noneMatch(seen -> seen.body().contains("cancelled"));
    }
  }

  @Test
  void whateverComesEachRequestHasOneAnswer() throws Exception {
    try (FakeMcpServer server =
            new FakeMcpServer(
                (request, reply) -> {
                  switch (request.json().path("id").asInt()) {
                    case 1 ->
                        reply.json(
                            401,
                            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32010,"
                                + "\"message\":\"no\"}}");
                    case 2 -> reply.json(502, "<html>");
                    case 3 -> reply.empty(202);
                    case 4 ->
                        reply.stream()
                            .event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}")
                            .end();
                    case 5 -> reply.json(200, answer(request, "{\n \"a\":\r\n 1}"));
                    default -> request.exchange().close();
                  }
                });
        Lined lined = new Lined(server)) {
      lined.request(1, "ping", "");
      JsonNode refused = lined.next();
      assertThat(refused.path("id").asInt()).isEqualTo(1);
      assertThat(refused.at("/error/code").asInt()).isEqualTo(-32010);
      for (int id : new int[] {2, 3}) {
        lined.request(id, "ping", "");
        JsonNode failed = lined.next();
        assertThat(failed.path("id").asInt()).isEqualTo(id);
        assertThat(failed.at("/error/code").asInt()).isEqualTo(-32603);
      }
      lined.request(4, "ping", "");
      assertThat(lined.next().path("method").asText()).isEqualTo("notifications/x");
      assertThat(lined.next().at("/error/code").asInt()).isEqualTo(-32603);
      lined.request(5, "ping", "");
      assertThat(lined.next().at("/result/a").asInt()).as("on one line").isEqualTo(1);
      lined.request(6, "ping", "");
      assertThat(lined.next().at("/error/code").asInt()).isEqualTo(-32603);
      lined.send("[1]").send("{\"x\":");
      assertThat(lined.next().at("/error/code").asInt()).isEqualTo(-32700);
      assertThat(lined.next().at("/error/code").asInt()).isEqualTo(-32700);
    }
  }

  @Test
  void aLineThatIsTooLongIsRefusedAndTheNextIsRead() throws Exception {
    try (FakeMcpServer server = new FakeMcpServer((request, reply) -> reply.result(request, "{}"));
        Lined lined = new Lined(server)) {
      byte[] much = new byte[1 << 20];
      java.util.Arrays.fill(much, (byte) 'x');
      for (int i = 0; i < 17; i++) {
        lined.input().write(much);
      }
      lined.send("");
      assertThat(lined.next().at("/error/code").asInt()).isEqualTo(-32600);
      lined.request(1, "ping", "");
      assertThat(lined.next().path("id").asInt()).isEqualTo(1);
      assertThat(server.seen()).hasSize(1);
    }
  }
}
