package app.intentgate.server.http;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import java.io.BufferedInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the front door does with requests of operators when too many wait, and when they fail. */
@Timeout(60)
class FrontHandlerTest {
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final OperatorThreads threads = new OperatorThreads(1, 1);

  @BeforeEach
  void start() throws Exception {
    FrontHandler front = new FrontHandler(new NoAgents(), List.of(), false, route -> true, threads);
    front.setHandler(new Behind());
    server.setHandler(front);
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    go.countDown();
    server.stop();
    threads.close();
  }

  private CompletableFuture<Answer> ask(String path) {
    return CompletableFuture.supplyAsync(
        () -> RawHttp.call(connector.getLocalPort(), "GET", path, List.of(), new byte[0]),
        task -> new Thread(task, "operator").start());
  }

  @Test
  void whatTheQueueDoesNotHoldIsRefusedAndTheRestIsServed() throws Exception {
    CompletableFuture<Answer> first = ask("/v1/admin/agents");
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Object> either =
        CompletableFuture.anyOf(ask("/v1/admin/agents"), ask("/v1/admin/agents"));

    Answer refused = (Answer) either.get(10, TimeUnit.SECONDS);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("too many requests of operators wait");
    assertThat(ask("/healthz").get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    go.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  @Test
  void aFailureAndAHandlerThatDoesNotAnswerAreAnsweredAllTheSame() throws Exception {
    go.countDown();

    assertThat(ask("/v1/admin/tenants").get(10, TimeUnit.SECONDS).status()).isEqualTo(500);
    assertThat(ask("/v1/admin/whoami").get(10, TimeUnit.SECONDS).status()).isEqualTo(404);
  }

  @Test
  void strangersWhoSendNothingTakeNoThreadFromOperators() throws Exception {
    go.countDown();
    String head = "POST /v1/consent/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n";
    List<Socket> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Socket stranger = RawHttp.connect(connector.getLocalPort());
        strangers.add(stranger);
        stranger.getOutputStream().write((head + "ab").getBytes(StandardCharsets.US_ASCII));
      }
      until("the strangers to be here", () -> connector.getConnectedEndPoints().size() == 4);

      assertThat(ask("/v1/admin/agents").get(20, TimeUnit.SECONDS).status()).isEqualTo(200);

      strangers.get(3).getOutputStream().write("cde".getBytes(StandardCharsets.US_ASCII));
      assertThat(
              RawHttp.read(new BufferedInputStream(strangers.get(3).getInputStream()), false)
                  .text())
          .isEqualTo("abcde");
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void aStrangersBodyIsShort() {
    Answer refused =
        RawHttp.call(
            connector.getLocalPort(), "POST", "/v1/consent/x", List.of(), new byte[100_000]);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("request body exceeds 4096 bytes");
  }

  /** Waits, fails, does not answer, or answers, by the path. */
  private final class Behind extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = request.getHttpURI().getPath();
      if (path.endsWith("/tenants")) {
        throw new IllegalStateException("as a test wants it");
      }
      if (path.endsWith("/whoami")) {
        return false;
      }
      if (path.endsWith("/agents")) {
        running.countDown();
        go.await();
      }
      if (path.startsWith("/v1/consent/")) {
        String body = Content.Source.asString(request, StandardCharsets.US_ASCII);
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)), callback);
        return true;
      }
      Replies.empty(response, callback, 200);
      return true;
    }
  }
}
