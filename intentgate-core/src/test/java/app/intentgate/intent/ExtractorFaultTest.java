package app.intentgate.intent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An extractor that is down, slow, frozen or mad refuses the call in time, and may come back. */
@Timeout(60)
class ExtractorFaultTest {
  private static final String GOOD =
      "{\"intent\":{\"summary\":\"s\",\"allowed_tools\":[\"read_a\"],\"confidence\":1}}";

  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile String answer = "";
  private volatile long delayMillis;
  private ServerSocket server;
  private HttpIntentExtractor extractor;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    extractor =
        new HttpIntentExtractor(
            URI.create("http://127.0.0.1:" + server.getLocalPort()), Duration.ofMillis(1_500));
    Thread serving = new Thread(this::serve, "mad-extractor");
    serving.setDaemon(true);
    serving.start();
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Answers what it was told to, whatever it is asked, and closes nothing. */
  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread answering = new Thread(() -> answer(socket), "mad-answer");
        answering.setDaemon(true);
        answering.start();
      }
    } catch (IOException e) {
      assertThat(server.isClosed()).isTrue();
    }
  }

  private void answer(Socket socket) {
    try {
      if (socket.getInputStream().read(new byte[4096]) > 0) {
        TimeUnit.MILLISECONDS.sleep(delayMillis);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // The client gave it up, or the test is over.
      sockets.remove(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String ok(String body, int length) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  private String refusal() {
    try {
      Intent intent =
          extractor
              .extract(new ExtractionRequest("read it", "agent", "acme"))
              .toCompletableFuture()
              .orTimeout(20, TimeUnit.SECONDS)
              .join();
      return "answered " + intent;
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(IntentException.class);
      assertThat(e.getCause().getMessage()).doesNotContain("127.0.0.1");
      return e.getCause().getMessage();
    }
  }

  @Test
  void one_that_says_nothing_is_given_up_in_time_and_asked_again_when_it_speaks() {
    assertThat(refusal()).isEqualTo("extractor request: timeout");
    answer = ok(GOOD, GOOD.length());
    assertThat(refusal()).startsWith("answered ").contains("read_a");
  }

  @Test
  void one_that_is_slow_is_waited_for() {
    delayMillis = 100;
    answer = ok(GOOD, GOOD.length());
    assertThat(refusal()).startsWith("answered ").contains("read_a");
  }

  @Test
  void one_that_stops_in_the_middle_of_its_answer_is_given_up_in_time() {
    answer = ok("{\"intent\":", 500);
    assertThat(refusal()).isEqualTo("extractor request: timeout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no json at all | extractor decode: not valid JSON",
        "[] | extractor decode: not a JSON object",
        "{\"intent\":7} | extractor decode: intent is not an object",
        "{\"intent\":{\"allowed_tools\":[7]}} | extractor decode: allowed_tools holds something"
            + " else than text",
        "{\"intent\":{\"confidence\":1e400}} | extractor decode: confidence is out of range",
        "{\"intent\":{},\"intent\":{}} | extractor decode: not valid JSON"
      })
  void nonsense_is_no_intent(String body, String said) {
    answer = ok(body, body.length());
    assertThat(refusal()).isEqualTo(said);
  }

  @Test
  void one_that_is_no_http_server_or_answers_another_status_is_none() {
    answer = "SSH-2.0-x\r\n\r\n";
    assertThat(refusal()).isEqualTo("extractor request: not reachable");
    answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
    assertThat(refusal()).isEqualTo("extractor returned 302");
  }

  /** A port may take connections for a moment after it was closed, until its acceptor has woken. */
  private static void awaitRefused(int port) throws IOException {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
      } catch (ConnectException e) {
        return;
      }
    }
  }

  @Test
  void one_that_is_down_refuses_and_is_asked_again_when_it_is_back() throws IOException {
    int port = server.getLocalPort();
    server.close();
    awaitRefused(port);
    assertThat(refusal()).isEqualTo("extractor request: not reachable");

    listenAgain(port);
    answer = ok(GOOD, GOOD.length());
    assertThat(refusal()).startsWith("answered ").contains("read_a");
  }

  private void listenAgain(int port) throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "extractor-again");
    serving.setDaemon(true);
    serving.start();
  }
}
