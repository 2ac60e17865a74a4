package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operators' requests that wait take no thread of the agents' path. */
@Timeout(60)
class OperatorThreadsTest {
  /** More than the web server has threads. */
  private static final int BLOCKED = 100;

  private static final String BODY = "{\"jti\":\"a\"}";

  @TempDir Path directory;
  private TestGate gate;
  private final List<Socket> waiting = new ArrayList<>();

  @BeforeEach
  void start() {
    gate = TestGate.start(directory);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    gate.close();
  }

  /** A request whose body does not come: whoever serves it waits. */
  private void block() throws IOException {
    Socket socket = RawHttp.connect(gate.port());
    waiting.add(socket);
    String head =
        "POST /v1/admin/revoke HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Connection: close\r\n"
            + "Authorization: Bearer "
            + TestGate.ADMIN
            + "\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Test
  void agentsAndHealthAreServedWhileEveryOperatorWaits() throws Exception {
    for (int i = 0; i < BLOCKED; i++) {
      block();
    }
    for (int i = 0; i < 20; i++) {
      assertThat(gate.call("read_a").status()).isEqualTo(200);
      assertThat(gate.get("/healthz").status()).isEqualTo(200);
      assertThat(gate.get("/readyz").status()).isEqualTo(200);
    }
    for (Socket socket : waiting) {
      socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    for (Socket socket : waiting) {
      Answer answer = RawHttp.read(new BufferedInputStream(socket.getInputStream()), false);
      assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }
  }

  @Test
  void anOperatorsRequestThatRunsWhenTheGateStopsIsAnsweredFirst() throws Exception {
    block();
    until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("intentgate-operators")));
    Thread stopping = new Thread(gate::close);
    stopping.start();
    Socket socket = waiting.get(0);
    socket.getOutputStream().write(BODY.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    Answer answer = RawHttp.read(new BufferedInputStream(socket.getInputStream()), false);
    stopping.join();

    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }
}
