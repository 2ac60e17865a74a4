package app.intentgate.server.upstreams;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A subscription at several servers as one (mcp M10): acknowledged once all have, or were given the
 * time; ended when one ends it, so that the client comes again and gets all. Thread-safe.
 */
final class ListenStream {
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  private final ServerNames names;
  private final MergedStream merged;
  private final JsonValue id;
  private final Queue<Runnable> early = new ArrayDeque<>();
  private final Map<ToolServer, JsonObject> honored = new LinkedHashMap<>();
  private int open;
  private boolean begun;
  private boolean due;
  private boolean acknowledging;
  private boolean acknowledged;

  private ListenStream(ServerNames names, MergedStream merged, JsonValue id) {
    this.names = names;
    this.merged = merged;
    this.id = id;
  }

  /** Subscribes at every server that has something of what is asked for. */
  static Exchange open(
      Message message,
      List<ToolServer> open,
      ServerNames names,
      Gather gather,
      UpstreamReceiver receiver) {
    if (open.isEmpty()) {
      receiver.onFailure(new UpstreamResult.Broken(0));
      return Sink.NONE;
    }
    MergedStream merged = new MergedStream(receiver, null, new LateNews());
    JsonValue id = message.id();
    ListenStream stream = new ListenStream(names, merged, id == null ? JsonString.of("") : id);
    Map<ToolServer, JsonObject> asked = new LinkedHashMap<>();
    for (ToolServer server : open) {
      JsonObject params = stream.paramsFor(message, server);
      if (params != null) {
        asked.put(server, params);
      }
    }
    if (asked.isEmpty()) {
      open.forEach(server -> asked.put(server, message.params()));
    }
    stream.open = asked.size();
    merged.expect(asked.size());
    asked.forEach(
        (server, params) ->
            merged.add(
                server
                    .client()
                    .open(
                        ForServer.post(message, message.with(params), null, null),
                        stream.new Source(merged.source(server), server))));
    gather.later(stream::timeIsUp);
    return merged;
  }

  /** What one server is asked for; null when it has nothing to do with it. */
  private @Nullable JsonObject paramsFor(Message message, ToolServer server) {
    JsonObject params = message.params();
    if (!(params.get("notifications") instanceof JsonObject wanted)) {
      return params;
    }
    JsonObject theirs = Wanted.at(server, names, wanted);
    return theirs == null ? null : params.toBuilder().put("notifications", theirs).build();
  }

  /** One server's stream; its acknowledgement is kept back. */
  private final class Source implements UpstreamReceiver {
    private final UpstreamReceiver to;
    private final ToolServer server;
    private boolean streams;

    Source(UpstreamReceiver to, ToolServer server) {
      this.to = to;
      this.server = server;
    }

    @Override
    public void onStream(UpstreamHead head) {
      streams = true;
      to.onStream(head);
      synchronized (ListenStream.this) {
        begun = true;
      }
    }

    @Override
    public void onEvents(List<StreamEvent> events, Runnable more) {
      List<StreamEvent> kept = new ArrayList<>(events.size());
      boolean ready = false;
      for (StreamEvent event : events) {
        JsonObject honors = acknowledgement(event);
        if (honors == null) {
          kept.add(event);
        } else {
          ready |= acknowledgedBy(server, honors);
        }
      }
      if (ready) {
        acknowledge();
      }
      if (kept.isEmpty()) {
        more.run();
      } else {
        after(() -> to.onEvents(kept, more));
      }
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {
      to.onAnswer(head, body);
      left(false);
    }

    @Override
    public void onStreamEnd() {
      after(to::onStreamEnd);
      left(true);
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      if (streams) {
        after(() -> to.onFailure(failure));
      } else {
        to.onFailure(failure);
      }
      left(streams);
    }
  }

  private static @Nullable JsonObject acknowledgement(StreamEvent event) {
    byte[] data = event.data();
    try {
      if (data != null
          && JsonReader.parse(data, LIMITS) instanceof JsonObject message
          && message.get("method") instanceof JsonString method
          && method.value().equals(ACKNOWLEDGED)) {
        return message.get("params") instanceof JsonObject params
                && params.get("notifications") instanceof JsonObject honors
            ? honors
            : JsonObject.EMPTY;
      }
    } catch (JsonParseException e) {
      // Whoever reads it next says what is wrong with it.
    }
    return null;
  }

  /** Takes note of what a server honors, the first time it says so; whether all have. */
  private synchronized boolean acknowledgedBy(ToolServer server, JsonObject honors) {
    honored.putIfAbsent(server, Wanted.shown(server, honors));
    return due || honored.size() >= open;
  }

  /** Whoever has not said so by now is left out of the acknowledgement. */
  private void timeIsUp() {
    synchronized (this) {
      due = true;
      if (honored.isEmpty()) {
        return;
      }
    }
    acknowledge();
  }

  /**
   * A server gives no stream, or no more.
   *
   * @param ends whether it ends the client's, which hears before that what is honored by now
   */
  private void left(boolean ends) {
    boolean ready;
    synchronized (this) {
      open--;
      ready = ends || honored.size() >= open;
    }
    if (ready) {
      acknowledge();
    }
  }

  /** Runs what has to come after the acknowledgement. */
  private void after(Runnable step) {
    synchronized (this) {
      if (!acknowledged) {
        early.add(step);
        return;
      }
    }
    step.run();
  }

  /** Tells the client what those honor that said so by now. */
  private void acknowledge() {
    JsonObject all;
    synchronized (this) {
      if (acknowledging || !begun) {
        return;
      }
      acknowledging = true;
      all = joined();
    }
    merged.tell(List.of(event(all)));
    for (Runnable step = next(); step != null; step = next()) {
      step.run();
    }
  }

  /** What had to wait; once nothing does, nothing has to any more. */
  private synchronized @Nullable Runnable next() {
    Runnable step = early.poll();
    acknowledged = step == null;
    return step;
  }

  private JsonObject joined() {
    Map<String, JsonValue> all = new LinkedHashMap<>();
    for (JsonObject each : honored.values()) {
      for (int i = 0; i < each.size(); i++) {
        all.merge(each.nameAt(i), each.valueAt(i), ListenStream::joined);
      }
    }
    return JsonObject.copyOf(all);
  }

  private static JsonValue joined(JsonValue one, JsonValue other) {
    if (one instanceof JsonArray these && other instanceof JsonArray those) {
      JsonArray.Builder both = JsonArray.builder(these.size() + those.size());
      these.forEach(both::add);
      those.forEach(both::add);
      return both.build();
    }
    return one.equals(JsonBoolean.FALSE) ? other : one;
  }

  private StreamEvent event(JsonObject all) {
    JsonObject params =
        JsonObject.builder(2)
            .put("_meta", JsonObject.of("io.modelcontextprotocol/subscriptionId", id))
            .put("notifications", all)
            .build();
    return StreamEvent.of(
        Message.bytes(
            JsonObject.builder(3)
                .put("jsonrpc", "2.0")
                .put("method", ACKNOWLEDGED)
                .put("params", params)
                .build()));
  }
}
