package app.intentgate.server.stdio;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the child's messages go that answer nothing: progress to the request it is of, news of a
 * subscription to that, everything else to the client's own stream, or to a request that is open,
 * or, until there is one, into a small store. Thread-safe.
 */
final class Unasked {
  private static final Logger LOG = LoggerFactory.getLogger(Unasked.class);
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  private static final int MAX_KEPT = 256;
  private static final long MAX_KEPT_BYTES = 4L << 20;

  private final Deque<byte[]> kept = new ArrayDeque<>();
  private long keptBytes;
  private @Nullable OpenStream listening;

  /** A client opens its own stream; another of it is over. */
  void listen(OpenStream stream) {
    OpenStream before;
    List<byte[]> missed;
    synchronized (this) {
      before = listening;
      listening = stream;
      missed = new ArrayList<>(kept);
      kept.clear();
      keptBytes = 0;
    }
    if (before != null) {
      before.fail(new UpstreamResult.Broken(0));
    }
    Thread sender =
        new Thread(
            () -> {
              try {
                for (byte[] message : missed) {
                  stream.event(message);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "intentgate-child-missed");
    sender.setDaemon(true);
    if (!missed.isEmpty()) {
      sender.start();
    }
  }

  /** The client's own stream is over. */
  synchronized void leave(OpenStream stream) {
    if (listening == stream) {
      listening = null;
    }
  }

  void end() {
    OpenStream stream;
    synchronized (this) {
      stream = listening;
      listening = null;
    }
    if (stream != null) {
      stream.fail(new UpstreamResult.Broken(0));
    }
  }

  /** Hands a message on. */
  void deliver(Rpc message, byte[] bytes, Map<JsonValue, Waiting> open)
      throws InterruptedException {
    Waiting to = concerned(message, open);
    if (to != null) {
      to.event(bytes);
      return;
    }
    synchronized (this) {
      if (listening == null) {
        if (kept.size() < MAX_KEPT && keptBytes + bytes.length <= MAX_KEPT_BYTES) {
          kept.add(bytes);
          keptBytes += bytes.length;
        } else {
          LOG.warn("a message of the child was dropped: nobody listens ({})", message.method());
        }
        return;
      }
      to = listening;
    }
    to.event(bytes);
  }

  private @Nullable Waiting concerned(Rpc message, Map<JsonValue, Waiting> open) {
    JsonObject params = message.params();
    JsonValue token = params == null ? null : params.get("progressToken");
    if (token != null && message.method().equals("notifications/progress")) {
      for (Waiting each : open.values()) {
        Rpc request = each.request();
        if (request != null && token.equals(request.meta("progressToken"))) {
          return each;
        }
      }
    }
    JsonValue subscription = message.meta(SUBSCRIPTION);
    if (subscription != null && open.get(subscription) != null) {
      return open.get(subscription);
    }
    synchronized (this) {
      if (listening != null) {
        return null;
      }
    }
    Waiting newest = null;
    for (Waiting each : open.values()) {
      newest = each.takesEvents() ? each : newest;
    }
    return newest;
  }
}
