package app.intentgate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import java.io.BufferedInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies of clients that announce much, send little, or stop in the middle. */
@Timeout(60)
class BodyReaderTest {
  private static final int HUGE = Integer.MAX_VALUE - 64;
  private static final long IDLE = 120_000;

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private void start(int max, Duration limit) throws Exception {
    server.setHandler(new Reading(max, limit));
    connector.setIdleTimeout(IDLE);
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Answer post(String announced, String sent) throws Exception {
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: localhost\r\n" + announced + "\r\n\r\n" + sent)
                  .getBytes(StandardCharsets.US_ASCII));
      return RawHttp.read(new BufferedInputStream(socket.getInputStream()), false);
    }
  }

  @Test
  void what_is_announced_takes_no_memory_and_silence_ends_at_the_time_limit() throws Exception {
    start(HUGE, Duration.ofMillis(300));

    Answer answer = post("Content-Length: " + HUGE, "abc");

    assertThat(answer.text()).isEqualTo("the body did not arrive in time");
  }

  @Test
  void silence_from_the_first_byte_on_ends_so_too() throws Exception {
    start(1 << 20, Duration.ofMillis(300));

    assertThat(post("Transfer-Encoding: chunked", "").text())
        .isEqualTo("the body did not arrive in time");
  }

  @Test
  void a_body_is_read_whole_whatever_its_pieces_and_its_connection_is_as_patient_as_before()
      throws Exception {
    start(1 << 20, Duration.ofSeconds(30));
    String body = "0123456789".repeat(100_000);
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < 3; i++) {
        socket
            .getOutputStream()
            .write(
                ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));

        assertThat(RawHttp.read(in, false).text()).isEqualTo("read 1000000");
      }
      assertThat(connector.getConnectedEndPoints())
          .singleElement()
          .satisfies(end -> assertThat(end.getIdleTimeout()).isEqualTo(IDLE));
    }
    assertThat(post("Content-Length: 1048577", "x".repeat(1048577)).text())
        .isEqualTo("request body exceeds 1048576 bytes");
  }

  /** Says how many bytes came, or why none did. */
  private static final class Reading extends Handler.Abstract.NonBlocking {
    private final int max;
    private final Duration limit;

    Reading(int max, Duration limit) {
      this.max = max;
      this.limit = limit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      BodyReader.read(
          request,
          max,
          limit.toNanos(),
          new BodyReader.Listener() {
            @Override
            public void onBody(byte[] body) {
              say("read " + body.length);
            }

            @Override
            public void onFailure(String why) {
              say(why);
            }

            private void say(String text) {
              response.write(
                  true, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), callback);
            }
          });
      return true;
    }
  }
}
