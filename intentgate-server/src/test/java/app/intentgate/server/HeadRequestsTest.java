package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.http.Route;
import app.intentgate.server.http.RouteTable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD wherever GET is: the same answer without its body, and it ends (admin contract 0). */
@Timeout(90)
class HeadRequestsTest {
  @TempDir Path directory;
  private TestGate gate;
  private OperatorClient who;

  @BeforeEach
  void start() {
    gate = TestGate.start(directory);
    who = OperatorClient.superadmin(gate);
    gate.call("read_a");
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  /** Everything that comes until the connection ends. */
  private String head(String path) throws IOException {
    try (Socket socket = RawHttp.connect(gate.port())) {
      socket
          .getOutputStream()
          .write(
              ("HEAD /v1/admin/"
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Authorization: Bearer "
                      + TestGate.ADMIN
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void a_route_says_the_same_about_its_answer_without_giving_it() throws IOException {
    for (Route route : RouteTable.all()) {
      if (!route.isAdmin() || !route.method().equals("GET") || route.path().endsWith("/stream")) {
        continue;
      }
      String path = route.path().substring("/v1/admin/".length()).replaceAll("\\{[^}]*}", "none");
      Answer get = who.get(path);

      String head = head(path);

      assertThat(head).as(path).startsWith("HTTP/1.1 " + get.status() + " ");
      assertThat(head).as(path).contains("Content-Type: " + get.header("Content-Type"));
      assertThat(head).as("%s: nothing after the headers", path).endsWith("\r\n\r\n");
      assertThat(head.indexOf("\r\n\r\n")).as(path).isEqualTo(head.length() - 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit/stream", "approvals/stream"})
  void a_stream_says_that_it_is_one_and_is_not_begun(String path) throws IOException {
    String head = head(path);

    assertThat(head).startsWith("HTTP/1.1 200 ").contains("text/event-stream");
    assertThat(head).endsWith("\r\n\r\n");
  }

  @Test
  void an_export_that_is_only_asked_about_is_recorded_as_one() throws IOException {
    head("audit/export?tenant=acme");

    assertThat(gate.events().get(1).event().tool()).isEqualTo("admin/audit-export");
    assertThat(gate.events().get(1).event().tenant()).isEqualTo("acme");
  }
}
