package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.StoredEvent;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.token.Grant;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A session id of characters that none may have, from either side and with every kind of message:
 * it goes nowhere, and whoever waits is answered.
 */
@Timeout(60)
class SessionIdCharactersTest {
  private static final List<String> WRONG =
      List.of("a\u0001b", "a\u001b[2Jb", "a\u007fb", "a\tb", "a\u0085b");
  private static final String BOTH = "application/json, text/event-stream";

  @TempDir Path directory;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile String given = "";
  private volatile boolean stream;
  private ServerSocket server;
  private TestGate gate;
  private String token;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    threads.submit(this::accept);
    gate =
        TestGate.start(
            directory,
            "UPSTREAM_URL",
            "http://127.0.0.1:" + server.getLocalPort() + "/mcp",
            "UPSTREAM_TIMEOUT_MS",
            "5000");
    token = gate.mint(Grant.to("agent"));
  }

  @AfterEach
  void end() throws IOException {
    gate.close();
    server.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.submit(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      seen.add(head.toString());
      String lower = head.toString().toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length:");
      int length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 15).split("\r\n")[0].trim());
      in.readNBytes(length);
      String message = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}";
      String body = stream ? "data: " + message + "\n\n" : message;
      OutputStream out = socket.getOutputStream();
      out.write(
          ("HTTP/1.1 200 OK\r\nContent-Type: "
                  + (stream ? "text/event-stream" : "application/json")
                  + "\r\nMcp-Session-Id: "
                  + given
                  + "\r\nContent-Length: "
                  + body.length()
                  + "\r\nConnection: close\r\n\r\n"
                  + body)
              .getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    } catch (IOException e) {
      // The gate went away: what it answered is what the test looks at.
    }
  }

  private static String body(String method) {
    return switch (method) {
      case "GET", "DELETE" -> "";
      case "response" -> "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}";
      case "notifications/cancelled", "notifications/initialized" ->
          "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"requestId\":1}}";
      default ->
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\""
              + method
              + "\",\"params\":{\"name\":\"read_a\",\"uri\":\"file:///a\",\"level\":\"info\","
              + "\"taskId\":\"t\"}}";
    };
  }

  private Answer send(String method, String accept, String session) throws IOException {
    byte[] body = body(method).getBytes(StandardCharsets.UTF_8);
    String verb = body.length == 0 ? method : "POST";
    try (Socket socket = RawHttp.connect(gate.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (verb
                  + " /v1/mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + token
                  + "\r\nMCP-Protocol-Version: 2025-11-25\r\nAccept: "
                  + accept
                  + (session.isEmpty() ? "" : "\r\nMcp-Session-Id: " + session)
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      return RawHttp.read(new BufferedInputStream(socket.getInputStream()), false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "initialize",
        "ping",
        "tools/list",
        "tools/call",
        "resources/list",
        "resources/read",
        "resources/subscribe",
        "prompts/get",
        "completion/complete",
        "logging/setLevel",
        "tasks/get",
        "tasks/list",
        "notifications/initialized",
        "notifications/cancelled",
        "response",
        "GET",
        "DELETE"
      })
  void aClientsIdIsRefusedAndReachesNoServer(String method) throws IOException {
    for (String id : WRONG) {
      Answer answer = send(method, BOTH, id);
      assertThat(answer.status()).as("%s %s", method, answer).isIn(400, 404);
    }
    assertThat(seen).as("what the server saw").isEmpty();
    assertThat(gate.get("/healthz").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "initialize",
        "ping",
        "tools/list",
        "tools/call",
        "resources/list",
        "resources/read",
        "resources/subscribe",
        "prompts/get",
        "completion/complete",
        "logging/setLevel",
        "tasks/get",
        "tasks/list",
        "notifications/initialized",
        "notifications/cancelled",
        "GET",
        "DELETE"
      })
  void aServersIdReachesNoClient(String method) throws IOException {
    for (boolean asStream : new boolean[] {false, true}) {
      stream = asStream;
      for (String id : WRONG) {
        given = id;
        for (String accept : List.of(BOTH, "application/json")) {
          if (method.equals("GET") && accept.equals("application/json")) {
            continue;
          }
          Answer answer = send(method, accept, "");
          assertThat(answer.header("Mcp-Session-Id")).as("%s %s", method, answer).isNull();
          assertThat(answer.status()).as("%s %s", method, answer).isBetween(200, 502);
          if (body(method).contains("\"id\":7")) {
            assertThat(TestGate.json(answer).at("/error/code").asInt())
                .as("%s stream %s accept %s: %s", method, asStream, accept, answer)
                .isEqualTo(-32603);
          }
        }
      }
    }
    assertThat(seen).isNotEmpty();
    if (method.equals("tools/call")) {
      List<AuditEvent> outcomes =
          gate.events().stream()
              .map(StoredEvent::event)
              .filter(event -> event.phase() == AuditPhase.OUTCOME)
              .toList();
      assertThat(outcomes)
          .as("one for each call")
          .hasSize(4 * WRONG.size())
          .allMatch(event -> event.decision() == AuditDecision.BLOCK);
    }
    assertThat(gate.get("/healthz").status()).isEqualTo(200);
  }
}
