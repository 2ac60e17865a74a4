package app.intentgate.server.stdio;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.upstream.AnswerReader;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamRequest.Method;
import app.intentgate.server.upstream.UpstreamResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tool server is a child that speaks lines: requests go out under their own ids, answers come
 * back by them, and what the child says unasked goes to whom it concerns. While a client does not
 * read, the child is not read either. Thread-safe.
 */
final class StdioUpstream implements UpstreamClient {
  private static final Logger LOG = LoggerFactory.getLogger(StdioUpstream.class);

  private final String sessionId;
  private final Duration timeout;
  private final ChildProcess child;
  private final Runnable ended;
  private final ScheduledExecutorService timer;
  private final Map<JsonValue, Waiting> waiting = new LinkedHashMap<>();
  private final Unasked unasked = new Unasked();
  private boolean over;

  /**
   * Starts the child.
   *
   * @param sessionId what the one session with it is called
   * @param timeout the longest wait for an answer that nobody hears of meanwhile
   * @param maxBytes the largest message of the child
   * @param ended run when the child says no more
   * @throws IOException when it cannot be started
   */
  StdioUpstream(
      List<String> command, String sessionId, Duration timeout, int maxBytes, Runnable ended)
      throws IOException {
    this.sessionId = sessionId;
    this.timeout = timeout;
    this.ended = ended;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "intentgate-child-timer");
              thread.setDaemon(true);
              return thread;
            });
    this.child =
        ChildProcess.start(
            command,
            maxBytes,
            new ChildProcess.Listener() {
              @Override
              public void onLine(byte[] line) throws InterruptedException {
                line(line);
              }

              @Override
              public void onTooLong() {
                failAll(new UpstreamResult.TooLarge(200));
              }

              @Override
              public void onEnd() {
                ended();
              }
            });
  }

  private UpstreamHead head(@Nullable Rpc request) {
    boolean opens = request != null && request.method().equals("initialize");
    return new UpstreamHead(200, opens ? sessionId : null, "text/event-stream", List.of());
  }

  @Override
  public Exchange send(UpstreamRequest request, Listener listener) {
    if (request.method() != Method.POST) {
      listener.onResult(new UpstreamResult.Unusable(200, 0, "no message"), head(null));
      return () -> {};
    }
    Rpc message = Rpc.read(request.body());
    JsonValue id = request.id();
    if (id == null) {
      listener.onResult(
          child.send(request.body())
              ? new UpstreamResult.Unusable(202, 0, "accepted")
              : new UpstreamResult.Broken(0),
          head(null));
      return () -> {};
    }
    Waiting entry = new Waiting.ForAnswer(message, head(message), listener);
    Exchange exchange = begin(id, entry, request.body());
    var unused =
        timer.schedule(
            () -> give(id, entry, new UpstreamResult.TimedOut(0), true),
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    return exchange;
  }

  @Override
  public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
    if (request.method() == Method.GET) {
      OpenStream stream = new OpenStream(null, receiver);
      receiver.onStream(head(null));
      unasked.listen(stream);
      if (isOver()) {
        stream.fail(new UpstreamResult.Broken(0));
      }
      return () -> {
        unasked.leave(stream);
        stream.fail(new UpstreamResult.Broken(0));
      };
    }
    JsonValue id = request.id();
    Rpc message = Rpc.read(request.body());
    OpenStream stream = new OpenStream(message, receiver);
    // There are no statuses here: what will be said is said in events.
    receiver.onStream(head(message));
    return begin(java.util.Objects.requireNonNull(id), stream, request.body());
  }

  private Exchange begin(JsonValue id, Waiting entry, byte[] body) {
    boolean taken;
    synchronized (waiting) {
      taken = over || waiting.putIfAbsent(id, entry) != null;
    }
    if (taken) {
      entry.fail(new UpstreamResult.Broken(0));
      return () -> {};
    }
    if (!child.send(body)) {
      give(id, entry, new UpstreamResult.Broken(0), false);
    }
    return () -> give(id, entry, new UpstreamResult.Broken(0), true);
  }

  private boolean isOver() {
    synchronized (waiting) {
      return over;
    }
  }

  /** Ends an exchange without its answer; the child may be told that nobody waits for it. */
  private void give(JsonValue id, Waiting entry, UpstreamResult failure, boolean tell) {
    boolean was;
    synchronized (waiting) {
      was = waiting.remove(id, entry);
    }
    if (!was) {
      return;
    }
    if (tell && !"initialize".equals(entry.method())) {
      JsonObject cancelled =
          JsonObject.builder(3)
              .put("jsonrpc", "2.0")
              .put("method", "notifications/cancelled")
              .put("params", JsonObject.of("requestId", id))
              .build();
      child.send(JsonWriter.toBytes(cancelled));
    }
    entry.fail(failure);
  }

  private void line(byte[] line) throws InterruptedException {
    Rpc message = Rpc.read(line);
    if (message != null) {
      message(message, line);
      return;
    }
    List<JsonObject> batch = batch(line);
    if (batch.isEmpty()) {
      LOG.warn("the child wrote a line that is no message: {}", shown(line));
    }
    for (JsonObject each : batch) {
      message(new Rpc(each), JsonWriter.toBytes(each));
    }
  }

  /** Arrays of messages were legal in one revision. */
  private static List<JsonObject> batch(byte[] line) {
    List<JsonObject> out = new ArrayList<>();
    try {
      if (JsonReader.parse(line) instanceof JsonArray array) {
        array.forEach(
            item -> {
              if (item instanceof JsonObject object) {
                out.add(object);
              }
            });
      }
    } catch (app.intentgate.json.JsonParseException e) {
      return List.of();
    }
    return out;
  }

  private static String shown(byte[] line) {
    String text = new String(line, 0, Math.min(line.length, 80), StandardCharsets.UTF_8);
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private void message(Rpc message, byte[] bytes) throws InterruptedException {
    JsonValue id = message.id();
    if (message.isResponse() && id != null) {
      Waiting entry;
      synchronized (waiting) {
        entry = waiting.remove(id);
      }
      if (entry != null) {
        entry.answer(bytes, AnswerReader.message(200, bytes.length, message.object()));
        return;
      }
    }
    Map<JsonValue, Waiting> open;
    synchronized (waiting) {
      open = new LinkedHashMap<>(waiting);
    }
    unasked.deliver(message, bytes, open);
  }

  private void failAll(UpstreamResult failure) {
    List<Waiting> all;
    synchronized (waiting) {
      all = List.copyOf(waiting.values());
      waiting.clear();
    }
    all.forEach(entry -> entry.fail(failure));
  }

  private void ended() {
    synchronized (waiting) {
      over = true;
    }
    failAll(new UpstreamResult.Broken(0));
    unasked.end();
    ended.run();
  }

  @Override
  public void close() {
    child.close();
    timer.shutdownNow();
  }
}
