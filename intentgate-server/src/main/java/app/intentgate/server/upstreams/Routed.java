package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstreams.ServerNames.Target;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that concern one server: found by what they name, and told in that server's words. */
final class Routed {
  private static final int INVALID_PARAMS = -32602;
  private static final byte[] NOTHING = {};

  private final ServerNames names;
  private final LateSessions late;
  private final ClientTasks clientTasks = new ClientTasks();

  Routed(ServerNames names, LateSessions late) {
    this.names = names;
    this.late = late;
  }

  /**
   * A message for a server.
   *
   * @param name what the server calls the thing it is about, or null
   */
  private record Addressed(ToolServer server, byte[] body, @Nullable String name) {}

  /** Sends a message where it belongs. */
  Exchange send(Message message, List<ToolServer> open, Sink sink) {
    Addressed to = address(message);
    if (to == null || !open.contains(to.server())) {
      return nowhere(message, sink);
    }
    SessionMap session = message.session();
    String id = SeveralServers.id(message);
    if (session == null || session.opened().containsKey(to.server().name())) {
      Opened opened = session == null ? null : session.opened().get(to.server().name());
      return sink.relay(to.server(), ForServer.post(message, to.body(), opened, to.name()), id);
    }
    Later later = new Later();
    var unused =
        late.within(session, to.server())
            .whenComplete(
                (found, failure) -> {
                  UpstreamRequest request = ForServer.post(message, to.body(), found, to.name());
                  later.is(sink.relay(to.server(), request, id));
                });
    return later;
  }

  private @Nullable Addressed address(Message message) {
    JsonObject params = message.params();
    return switch (message.method()) {
      case "" -> answer(message);
      case "tools/call", "prompts/get" ->
          named(message, params, names.find(message.param("name")), "name");
      case "resources/read", "resources/subscribe", "resources/unsubscribe" ->
          named(message, params, names.findUri(message.param("uri")), "uri");
      case "tasks/get", "tasks/result", "tasks/update", "tasks/cancel" ->
          named(message, params, TaskIds.find(names, message.param("taskId")), "taskId");
      case "completion/complete" -> completion(message, params);
      case "notifications/progress" -> progress(message, params);
      case "notifications/tasks/status" -> ofClientsTask(message);
      default -> null;
    };
  }

  private static @Nullable Addressed named(
      Message message, JsonObject params, @Nullable Target target, String member) {
    if (target == null) {
      return null;
    }
    JsonObject theirs = params.toBuilder().put(member, target.name()).build();
    return new Addressed(target.server(), message.with(theirs), target.name());
  }

  private @Nullable Addressed completion(Message message, JsonObject params) {
    if (!(params.get("ref") instanceof JsonObject ref)) {
      return null;
    }
    String member = ref.get("uri") == null ? "name" : "uri";
    if (!(ref.get(member) instanceof JsonString called)) {
      return null;
    }
    Target target =
        member.equals("uri") ? names.findUri(called.value()) : names.find(called.value());
    if (target == null) {
      return null;
    }
    JsonObject theirs = ref.toBuilder().put(member, target.name()).build();
    return new Addressed(
        target.server(), message.with(params.toBuilder().put("ref", theirs).build()), null);
  }

  private @Nullable Addressed progress(Message message, JsonObject params) {
    Marks.Marked<JsonValue> token = Marks.find(names, params.get("progressToken"));
    return token == null
        ? null
        : new Addressed(
            token.server(),
            message.with(params.toBuilder().put("progressToken", token.id()).build()),
            null);
  }

  /** How a task goes that the client made for one server. */
  private @Nullable Addressed ofClientsTask(Message message) {
    ToolServer server = clientTasks.of(message);
    return server == null ? null : new Addressed(server, message.request().body(), null);
  }

  /** A client's answer to what one server asked. */
  private @Nullable Addressed answer(Message message) {
    Marks.Marked<JsonValue> asked = Marks.find(names, message.id());
    if (asked == null) {
      return null;
    }
    clientTasks.answered(message, asked.server());
    JsonObject.Builder theirs = message.body().toBuilder().put("id", asked.id());
    if (message.body().get("result") instanceof JsonObject result) {
      theirs.put("result", TaskIds.relatedAtServer(names, asked.server(), result));
    }
    return new Addressed(asked.server(), Message.bytes(theirs.build()), null);
  }

  private static Exchange nowhere(Message message, Sink sink) {
    if (message.isRequest()) {
      String called = message.param("name");
      sink.answer(
          200,
          message.error(
              INVALID_PARAMS,
              message.method().equals("tools/call")
                  ? "Unknown tool: " + called
                  : "no server has what " + message.method() + " names"),
          SeveralServers.id(message));
    } else {
      sink.answer(202, NOTHING, SeveralServers.id(message));
    }
    return Sink.NONE;
  }

  /** An exchange that begins later. */
  private static final class Later implements Exchange {
    private @Nullable Exchange exchange;
    private boolean cancelled;

    void is(Exchange begun) {
      boolean cancel;
      synchronized (this) {
        exchange = begun;
        cancel = cancelled;
      }
      if (cancel) {
        begun.cancel();
      }
    }

    @Override
    public void cancel() {
      Exchange begun;
      synchronized (this) {
        cancelled = true;
        begun = exchange;
      }
      if (begun != null) {
        begun.cancel();
      }
    }
  }
}
