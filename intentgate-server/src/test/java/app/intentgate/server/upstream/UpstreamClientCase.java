package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.server.config.HeaderLine;
import app.intentgate.server.exchange.StubServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A client, and what it was told of the exchanges of a test. */
abstract class UpstreamClientCase {
  static final String OK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  static final Duration LONG = Duration.ofSeconds(60);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  final BlockingQueue<UpstreamResult> told = new LinkedBlockingQueue<>();
  final BlockingQueue<UpstreamHead> heads = new LinkedBlockingQueue<>();
  private @Nullable UpstreamClient client;

  @AfterEach
  final void stop() {
    if (client != null) {
      client.close();
    }
    threads.shutdownNow();
  }

  final UpstreamClient client(String url, Duration timeout, int maxBytes) {
    UpstreamClient made =
        new JettyUpstreamClient(
            new JettyUpstreamClient.Target(
                URI.create(url),
                timeout,
                maxBytes,
                HeaderLine.parse("Authorization: Bearer up"),
                Map.of("pay", HeaderLine.parse("Authorization: Bearer bank"))),
            threads);
    client = made;
    return made;
  }

  static UpstreamRequest call(String tool, String... headers) {
    byte[] body = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    return new UpstreamRequest(body, JsonNumber.of(1), tool, List.of(headers));
  }

  final UpstreamResult send(UpstreamClient to, UpstreamRequest request) throws Exception {
    var unused = to.send(request, this::take);
    return next();
  }

  final void take(UpstreamResult result, UpstreamHead head) {
    heads.add(head);
    told.add(result);
  }

  final UpstreamResult next() throws InterruptedException {
    UpstreamResult result = told.poll(90, TimeUnit.SECONDS);
    assertThat(result).as("told").isNotNull();
    return result;
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  static StubServer.Reply reply(int status, Map<String, String> headers, String body) {
    return new StubServer.Reply(status, headers, body.getBytes(StandardCharsets.UTF_8), 0, false);
  }

  final void stopClient() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
