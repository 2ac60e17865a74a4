package app.intentgate.server.stdio;

import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a client that speaks MCP over lines use a gate that speaks it over HTTP, in both eras. Each
 * request has an exchange of its own; notifications and answers go out in their order. At most 256
 * requests are open; then no more lines are read until one ends.
 */
public final class Bridge implements AutoCloseable {
  /** The largest message in either direction. */
  static final int MAX_BYTES = 16 << 20;

  private static final int MAX_OPEN = 256;
  private static final long LAST_ANSWERS_SECONDS = 30;
  private static final long ERRORS_SECONDS = 5;

  private final GateHttp http;
  private final MessageOut out;
  private final Consumer<String> log;
  private final ExecutorService threads;
  private final Semaphore open = new Semaphore(MAX_OPEN);
  private final Map<JsonValue, Exchange> exchanges = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Sessions sessions;

  /**
   * A bridge.
   *
   * @param url the gate's MCP address
   * @param token what is presented with each request; null for nothing
   * @param out where messages for the client go, and nothing else
   * @param log told what went wrong, as sentences
   */
  public Bridge(URI url, Supplier<@Nullable String> token, OutputStream out, Consumer<String> log) {
    this.http = new GateHttp(url, token);
    this.out = new MessageOut(out, this::close);
    this.log = log;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "intentgate-bridge");
              thread.setDaemon(true);
              return thread;
            });
    this.sessions = new Sessions(http, this.out, threads, log, closed);
  }

  /** Whether a text can be presented as a token: it has no white space within, for one. */
  public static boolean isToken(String text) {
    return GateHttp.isToken(text);
  }

  /**
   * Carries messages until the client ends its side, or {@link #close}; then waits for the answers
   * that are still due, half a minute at the most, and ends the session.
   */
  public void run(InputStream in) {
    Thread reader = new Thread(() -> read(in), "intentgate-stdin");
    reader.setDaemon(true);
    reader.start();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchanges.values().forEach(Exchange::cancel);
    http.end();
    threads.shutdownNow();
  }

  private void read(InputStream in) {
    Lines lines = new Lines(in, MAX_BYTES);
    try {
      while (true) {
        try {
          byte[] line = lines.next();
          if (line == null) {
            break;
          }
          message(line);
        } catch (Lines.TooLongException e) {
          out.write(Rpc.error(null, -32600, String.valueOf(e.getMessage())));
        }
      }
      if (!open.tryAcquire(MAX_OPEN, LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
        log.accept("answers that had not come when the client left were given up");
      }
    } catch (IOException e) {
      log.accept("the client's messages cannot be read: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void message(byte[] line) throws InterruptedException {
    Rpc message = Rpc.read(line);
    if (message == null) {
      out.write(Rpc.error(null, -32700, "the line is no JSON-RPC message"));
      return;
    }
    if (isStatelessCancellation(message)) {
      return;
    }
    Exchange exchange = new Exchange(http, sessions, out, log, line, message);
    JsonValue id = message.id();
    if (!message.isRequest() || id == null) {
      exchange.deliver();
      if (message.method().equals("notifications/initialized")) {
        sessions.listen();
      }
      return;
    }
    open.acquire();
    exchanges.put(id, exchange);
    threads.execute(
        () -> {
          try {
            exchange.request();
          } finally {
            exchanges.remove(id, exchange);
            open.release();
          }
        });
  }

  /** In the stateless era a request is cancelled by leaving its exchange (mcp M9). */
  private boolean isStatelessCancellation(Rpc message) {
    if (!message.method().equals("notifications/cancelled") || message.params() == null) {
      return false;
    }
    JsonValue id = message.params().get("requestId");
    Exchange exchange = id == null ? null : exchanges.get(id);
    if (exchange == null || !exchange.isStateless()) {
      return false;
    }
    exchange.cancel();
    return true;
  }

  /** Closes once the answers that are due came; nobody is left who could make others. */
  void closeAfterAnswers() {
    Thread last = new Thread(this::awaitAnswers, "intentgate-bridge-end");
    last.setDaemon(true);
    last.start();
  }

  private void awaitAnswers() {
    try {
      if (!open.tryAcquire(MAX_OPEN, ERRORS_SECONDS, TimeUnit.SECONDS)) {
        log.accept("answers that had not come when the server ended were given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
