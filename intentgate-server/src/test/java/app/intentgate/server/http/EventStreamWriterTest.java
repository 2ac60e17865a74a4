package app.intentgate.server.http;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import java.io.BufferedInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event streams as a client reads them. */
@Timeout(60)
class EventStreamWriterTest {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final CompletableFuture<EventStreamWriter> begun = new CompletableFuture<>();
  private final CompletableFuture<Void> left = new CompletableFuture<>();

  /** Serves one stream that a test writes. */
  private void serve(Consumer<Response> before) throws Exception {
    server.setHandler(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            before.accept(response);
            ClientWatch watch = new ClientWatch(request);
            watch.onLeft(() -> left.complete(null));
            begun.complete(new EventStreamWriter(request, response, callback, watch));
            return true;
          }
        });
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void nothing() {}

  private Answer whole(Consumer<EventStreamWriter> script) throws Exception {
    CompletableFuture<Void> written =
        begun.thenAcceptAsync(script, task -> new Thread(task, "writer").start());
    Answer answer = RawHttp.call(connector.getLocalPort(), "GET", "/", List.of(), new byte[0]);
    written.get(30, TimeUnit.SECONDS);
    return answer;
  }

  @Test
  void pieces_come_in_order_and_after_the_end_nothing_does() throws Exception {
    serve(response -> {});

    Answer answer =
        whole(
            out -> {
              for (int i = 0; i < 200; i++) {
                out.send(bytes(i + ","), EventStreamWriterTest::nothing);
              }
              out.end(bytes("last"));
              out.send(bytes("late"), EventStreamWriterTest::nothing);
              out.end(bytes("later"));
              out.end();
              out.comment("too late");
            });

    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      expected.append(i).append(',');
    }
    assertThat(answer.text()).isEqualTo(expected + "event: message\ndata: last\n\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(answer.header("X-Accel-Buffering")).isEqualTo("no");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void what_was_said_of_caches_before_stays() throws Exception {
    serve(response -> response.getHeaders().put("Cache-Control", "no-store"));

    Answer answer = whole(EventStreamWriter::end);

    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void a_message_is_one_event_whatever_ends_its_lines() throws Exception {
    serve(response -> {});

    Answer answer =
        whole(
            out -> {
              for (String end : List.of("\n", "\r\n", "\r")) {
                String message = "{" + end + "\"a\":" + end + end + "1}" + end + end;
                out.event(bytes(message), EventStreamWriterTest::nothing);
              }
              out.end();
            });

    String event = "event: message\ndata: {\ndata: \"a\":\ndata: \ndata: 1}\n\n";
    assertThat(answer.text()).isEqualTo(event.repeat(3));
  }

  @Test
  void whoever_writes_hears_of_each_piece_once_and_in_order() throws Exception {
    serve(response -> {});
    List<Integer> heard = new ArrayList<>();

    Answer answer =
        whole(
            out -> {
              for (int i = 0; i < 50; i++) {
                int piece = i;
                out.send(
                    bytes("x"),
                    () -> {
                      synchronized (heard) {
                        heard.add(piece);
                      }
                    });
              }
              out.end();
            });

    assertThat(answer.text()).isEqualTo("x".repeat(50));
    synchronized (heard) {
      assertThat(heard).doesNotHaveDuplicates().hasSize(50);
    }
  }

  @Test
  void the_next_piece_may_be_given_from_within_the_word_that_the_last_went_out() throws Exception {
    serve(response -> {});

    Answer answer = whole(out -> chain(out, 2_000));

    assertThat(answer.text()).isEqualTo("y".repeat(2_000));
  }

  private static void chain(EventStreamWriter out, int left) {
    if (left == 0) {
      out.end();
    } else {
      out.send(bytes("y"), () -> chain(out, left - 1));
    }
  }

  @Test
  void pieces_of_many_threads_are_never_cut_into_one_another() throws Exception {
    serve(response -> {});

    Answer answer =
        whole(
            out -> {
              List<Thread> threads = new ArrayList<>();
              for (String letter : List.of("a", "b", "c", "d")) {
                Thread thread =
                    new Thread(
                        () -> {
                          for (int i = 0; i < 100; i++) {
                            out.send(
                                bytes(letter.repeat(50) + "\n"), EventStreamWriterTest::nothing);
                          }
                        });
                threads.add(thread);
                thread.start();
              }
              for (Thread thread : threads) {
                try {
                  thread.join();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
              out.end();
            });

    List<String> lines = Arrays.asList(answer.text().split("\n", -1));
    assertThat(lines).hasSize(401);
    assertThat(lines.subList(0, 400)).allMatch(l -> l.matches("a{50}|b{50}|c{50}|d{50}"));
  }

  @Test
  void a_client_that_reads_nothing_holds_back_who_writes_and_gets_no_comments() throws Exception {
    serve(response -> {});
    AtomicInteger out = new AtomicInteger();
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      socket.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      EventStreamWriter writer = begun.get(30, TimeUnit.SECONDS);
      byte[] huge = bytes("z".repeat(12 << 20));
      writer.send(huge, out::incrementAndGet);
      for (int i = 0; i < 1_000; i++) {
        writer.comment("ping");
      }
      assertThat(out).as("not gone out yet").hasValue(0);
      writer.end(bytes("last"));

      Answer answer = RawHttp.read(new BufferedInputStream(socket.getInputStream()), false);

      assertThat(answer.body().length)
          .isEqualTo(huge.length + "event: message\ndata: last\n\n".length());
      assertThat(out).hasValue(1);
    }
  }

  @Test
  void a_client_that_leaves_in_the_middle_of_a_piece_is_noticed_and_written_to_no_more()
      throws Exception {
    serve(response -> {});
    AtomicInteger out = new AtomicInteger();
    EventStreamWriter writer;
    try (Socket socket = RawHttp.connect(connector.getLocalPort())) {
      socket.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      writer = begun.get(30, TimeUnit.SECONDS);
      writer.send(bytes("z".repeat(12 << 20)), out::incrementAndGet);
      writer.send(bytes("never"), out::incrementAndGet);
      socket.setSoLinger(true, 0);
    }

    left.get(30, TimeUnit.SECONDS);
    until("its connection to end", () -> connector.getConnectedEndPoints().isEmpty());
    writer.send(bytes("more"), out::incrementAndGet);
    writer.end();
    assertThat(out).as("nobody is told that it went out").hasValue(0);
  }
}
