package app.intentgate.server.stdio;

import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session that a client of the era of sessions has with the server, and the server's own stream
 * in it. A client that speaks lines knows nothing of sessions: one that ended is opened anew with
 * what the client said at the beginning.
 */
final class Sessions {
  private static final byte[] INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"
          .getBytes(StandardCharsets.UTF_8);
  private static final long LONGEST_PAUSE = 30_000;

  private final GateHttp http;
  private final MessageOut out;
  private final Executor threads;
  private final Consumer<String> log;
  private final CountDownLatch closed;
  private byte @Nullable [] beginning;
  private @Nullable Rpc initialize;
  private @Nullable String listening;
  private long renewals;

  Sessions(
      GateHttp http,
      MessageOut out,
      Executor threads,
      Consumer<String> log,
      CountDownLatch closed) {
    this.http = http;
    this.out = out;
    this.threads = threads;
    this.log = log;
    this.closed = closed;
  }

  /** Takes note of how the client began. */
  synchronized void opened(byte[] line, Rpc message) {
    beginning = line;
    initialize = message;
  }

  /** Listens to the server's own stream of the session, once. */
  synchronized void listen() {
    String session = http.session();
    String name = session == null ? "" : session;
    if (!name.equals(listening)) {
      listening = name;
      threads.execute(() -> listen(session));
    }
  }

  private synchronized boolean isCurrent(@Nullable String session) {
    return (session == null ? "" : session).equals(listening);
  }

  private void listen(@Nullable String session) {
    String lastId = null;
    long retry = 1_000;
    long pause = retry;
    try {
      while (closed.getCount() > 0 && isCurrent(session)) {
        Heard heard = hear(lastId);
        if (heard.over()) {
          return;
        }
        lastId = heard.lastId() == null ? lastId : heard.lastId();
        retry = heard.retry() < 0 ? retry : heard.retry();
        pause = heard.broken() ? Math.min(pause * 2, LONGEST_PAUSE) : retry;
        if (closed.await(pause, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How a stream ended: for good or not, and where to go on. */
  private record Heard(boolean over, boolean broken, @Nullable String lastId, long retry) {
    static final Heard OVER = new Heard(true, false, null, -1);
  }

  private Heard hear(@Nullable String lastId) throws InterruptedException {
    try {
      HttpResponse<InputStream> response = http.listen(lastId).get();
      try (InputStream body = response.body()) {
        boolean stream =
            response
                .headers()
                .firstValue("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("text/event-stream");
        if (response.statusCode() >= 500 || response.statusCode() == 429) {
          return new Heard(false, true, null, -1);
        }
        if (response.statusCode() != 200 || !stream) {
          // The server has none, or the session is over.
          return Heard.OVER;
        }
        return hear(new Events(body, Bridge.MAX_BYTES));
      }
    } catch (ExecutionException | IOException e) {
      if (closed.getCount() > 0) {
        log.accept("the server's stream cannot be had: " + Exchange.cause(e));
      }
      return new Heard(false, true, null, -1);
    } catch (RuntimeException e) {
      log.accept("the server's stream is given up: " + Exchange.failed(e));
      return Heard.OVER;
    }
  }

  private Heard hear(Events events) {
    try {
      byte[] data = events.next();
      while (data != null) {
        if (Rpc.read(data) != null) {
          out.write(data);
        }
        data = events.next();
      }
      return new Heard(false, false, events.lastId(), events.retryMillis());
    } catch (IOException e) {
      return new Heard(false, false, events.lastId(), events.retryMillis());
    }
  }

  /**
   * Opens another session in place of one that ended (mcp L3).
   *
   * @param ended the one that ended
   * @return whether there is one
   */
  boolean renew(String ended) throws InterruptedException {
    synchronized (this) {
      byte[] line = beginning;
      Rpc message = initialize;
      if (line == null || message == null) {
        return false;
      }
      if (!ended.equals(http.session())) {
        return http.session() != null;
      }
      try {
        http.closed();
        if (!reopen(line, message)) {
          return false;
        }
      } catch (ExecutionException | IOException e) {
        log.accept("no other session can be opened: " + Exchange.cause(e));
        return false;
      }
      renewals++;
      log.accept("the session ended; another was opened (" + renewals + ")");
    }
    listen();
    return true;
  }

  private boolean reopen(byte[] line, Rpc message)
      throws ExecutionException, InterruptedException, IOException {
    HttpResponse<InputStream> response = http.post(line, message).get();
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        return false;
      }
      http.opened(response);
      boolean stream =
          response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
      byte[] bytes =
          stream ? new Events(body, Bridge.MAX_BYTES).next() : body.readNBytes(Bridge.MAX_BYTES);
      Rpc answer = bytes == null ? null : Rpc.read(bytes);
      JsonValue result = answer == null ? null : answer.object().get("result");
      if (result == null) {
        return false;
      }
      http.chosen(result);
    }
    Rpc initialized = java.util.Objects.requireNonNull(Rpc.read(INITIALIZED));
    CompletableFuture<HttpResponse<InputStream>> ready = http.post(INITIALIZED, initialized);
    ready.get().body().close();
    return true;
  }
}
