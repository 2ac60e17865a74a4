package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kept connection is read on after every answer, whichever thread gave it, and however many
 * requests the client sends ahead: each is answered, in order.
 */
@Timeout(120)
class KeptConnectionsTest {
  private static final int CLIENTS = 12;
  private static final int REQUESTS = 300;

  @TempDir Path directory;

  private static String request(int client, int number) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":\""
            + client
            + "/"
            + number
            + "\",\"method\":\"tools/call\",\"params\":{\"name\":\"read_a\",\"arguments\":{}}}";
    return "POST /v1/mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Asks on one connection, so many requests at a time, and compares the ids of the answers. */
  private static int ask(int port, int client, int ahead) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int answered = 0;
      for (int first = 0; first < REQUESTS; first += ahead) {
        StringBuilder sent = new StringBuilder();
        for (int i = first; i < first + ahead; i++) {
          sent.append(request(client, i));
        }
        socket.getOutputStream().write(sent.toString().getBytes(StandardCharsets.UTF_8));
        for (int i = first; i < first + ahead; i++) {
          Answer answer = RawHttp.read(in, false);
          assertThat(answer.status()).isEqualTo(200);
          assertThat(new String(answer.body(), StandardCharsets.UTF_8))
              .contains("\"id\":\"" + client + "/" + i + "\"", "\"result\"");
          answered++;
        }
      }
      return answered;
    }
  }

  private static void askFromAll(int port, int ahead) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Integer>> answered = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        answered.add(clients.submit(() -> ask(port, client, ahead)));
      }
      for (Future<Integer> each : answered) {
        assertThat(each.get(100, TimeUnit.SECONDS)).isEqualTo(REQUESTS);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void behindAToolServer(int ahead) throws Exception {
    try (StubServer upstream =
            new StubServer(
                r ->
                    StubServer.Reply.json(
                        "{\"jsonrpc\":\"2.0\",\"id\":" + r.json().get("id") + ",\"result\":{}}"));
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url())) {
      askFromAll(gate.port(), ahead);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void whenTheAnswerWaitsForTheStore(int ahead) throws Exception {
    try (TestGate gate = TestGate.start(directory, "STORE", "sqlite")) {
      askFromAll(gate.port(), ahead);
    }
  }

  @Test
  void aClientThatSendsItsNextRequestBeforeItsAnswerCame() throws Exception {
    try (StubServer upstream =
            new StubServer(
                r ->
                    new StubServer.Reply(
                        200,
                        Map.of("Content-Type", "application/json"),
                        ("{\"jsonrpc\":\"2.0\",\"id\":" + r.json().get("id") + ",\"result\":{}}")
                            .getBytes(StandardCharsets.UTF_8),
                        200,
                        false));
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", upstream.url());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.port())) {
      socket.setSoTimeout(30_000);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < 5; i++) {
        socket.getOutputStream().write(request(0, i).getBytes(StandardCharsets.UTF_8));
      }
      for (int i = 0; i < 5; i++) {
        byte[] body = RawHttp.read(in, false).body();
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("\"id\":\"0/" + i + "\"");
      }
    }
  }

  /** A thousand connections cost the reference 33 KiB each, and the gate no more. */
  @Test
  void keptOnesAreSmall() throws Exception {
    byte[] request =
        ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: an agent\r\n"
                + "Accept: application/json\r\nContent-Type: application/json\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    int connections = 300;
    List<Socket> kept = new ArrayList<>();
    try (TestGate gate = TestGate.start(directory)) {
      long before = usedHeap();
      for (int i = 0; i < connections; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.port());
        socket.setSoTimeout(30_000);
        kept.add(socket);
      }
      for (int round = 0; round < 3; round++) {
        for (Socket socket : kept) {
          socket.getOutputStream().write(request);
          assertThat(RawHttp.read(socket.getInputStream(), false).status()).isEqualTo(200);
        }
      }
      assertThat((usedHeap() - before) / connections).isLessThan(33 << 10);
    } finally {
      for (Socket socket : kept) {
        socket.close();
      }
    }
  }

  private static long usedHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
