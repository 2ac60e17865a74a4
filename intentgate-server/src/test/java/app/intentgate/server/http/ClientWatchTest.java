package app.intentgate.server.http;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

/** Clients that leave, stay, or send ahead while their request is held (B16). */
@Timeout(60)
class ClientWatchTest {
  private static final byte[] GET =
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private record Held(Request request, Response response, Callback callback, ClientWatch watch) {
    void answer() {
      watch.end();
      response.write(true, ByteBuffer.wrap(new byte[] {'o', 'k'}), callback);
    }
  }

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            held.add(new Held(request, response, callback, new ClientWatch(request)));
            return true;
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private Held next() throws InterruptedException {
    Held next = held.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void aClientThatLeavesIsNoticedWhileNothingHappens() throws Exception {
    CountDownLatch left = new CountDownLatch(2);
    Held one;
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      socket.getOutputStream().write(GET);
      one = next();
      one.watch().onLeft(left::countDown);
      one.watch().onLeft(left::countDown);
      assertThat(one.watch().isGone()).isFalse();
    }
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(one.watch().isGone()).isTrue();
    CountDownLatch late = new CountDownLatch(1);
    one.watch().onLeft(late::countDown);
    assertThat(late.getCount()).isZero();
    one.answer();
  }

  @Test
  void oneThatResetsTheConnectionIsNoticedToo() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    Socket socket = RawHttp.connect(connector.getLocalPort());
    socket.getOutputStream().write(GET);
    Held one = next();
    one.watch().onLeft(left::countDown);
    socket.setSoLinger(true, 0);
    socket.close();
    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aLookFindsOneThatLeftBefore() throws Exception {
    Held one;
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      socket.getOutputStream().write(GET);
      one = next();
      assertThat(one.watch().isGone()).isFalse();
    }
    until(() -> one.watch().isGone());
  }

  @Test
  void watchedConnectionsServeFurtherRequestsAlsoThoseSentAhead() throws Exception {
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      CountDownLatch left = new CountDownLatch(1);
      for (int i = 0; i < 200; i++) {
        socket.getOutputStream().write(GET);
        Held one = next();
        if (i % 2 == 0) {
          one.watch().onLeft(left::countDown);
        } else {
          assertThat(one.watch().isGone()).isFalse();
        }
        boolean ahead = i % 3 == 0;
        if (ahead) {
          socket.getOutputStream().write(GET);
        }
        one.answer();
        assertThat(RawHttp.read(in, false)).extracting(Answer::status).isEqualTo(200);
        if (ahead) {
          Held two = next();
          two.watch().onLeft(left::countDown);
          two.answer();
          assertThat(RawHttp.read(in, false)).extracting(Answer::status).isEqualTo(200);
        }
      }
      assertThat(left.getCount()).as("nobody left").isOne();
    }
  }
}
