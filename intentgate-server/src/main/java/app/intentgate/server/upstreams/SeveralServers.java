package app.intentgate.server.upstreams;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.server.mcp.McpMethods;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Several tool servers behind the interface of one: to whoever sends, it is one MCP server that has
 * all of their tools. What concerns one server goes to that one alone.
 */
final class SeveralServers implements UpstreamClient {
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);
  private static final byte[] NOTHING = {};
  private static final String LISTEN = "subscriptions/listen";
  private static final int METHOD_NOT_FOUND = -32601;

  private final List<ToolServer> servers;
  private final Broadcast broadcast;
  private final Routed routed;
  private final OwnStreams streams;
  private final ServerNames names;
  private final Gather gather;

  /**
   * Several servers.
   *
   * @param lists joins their lists
   * @param gather joins their answers
   * @param version the gate's version
   */
  SeveralServers(
      List<ToolServer> servers,
      MergedLists lists,
      ServerNames names,
      Gather gather,
      String version) {
    this.names = names;
    this.gather = gather;
    LateSessions late = new LateSessions(version);
    this.servers = List.copyOf(servers);
    LateNews news = new LateNews();
    this.broadcast = new Broadcast(lists, late, news, gather, new Joined(version));
    this.routed = new Routed(names, late);
    this.streams = new OwnStreams(names, late, news);
  }

  @Override
  public Exchange send(UpstreamRequest request, Listener listener) {
    return dispatch(request, Sink.of(listener), null);
  }

  @Override
  public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
    return dispatch(request, Sink.of(receiver), receiver);
  }

  private Exchange dispatch(
      UpstreamRequest request, Sink sink, @Nullable UpstreamReceiver receiver) {
    List<ToolServer> open = open(request);
    SessionMap session = session(request);
    Message message = new Message(request, body(request), session);
    return switch (request.method()) {
      case GET -> {
        if (receiver == null) {
          throw new IllegalArgumentException("a stream needs a receiver");
        }
        yield streams.open(message, open, sink, receiver);
      }
      case DELETE -> broadcast.end(message, open, sink);
      case POST ->
          receiver != null && message.isRequest() && message.method().equals(LISTEN)
              ? ListenStream.open(message, open, names, gather, receiver)
              : post(message, open, sink);
    };
  }

  private Exchange post(Message message, List<ToolServer> open, Sink sink) {
    String method = message.method();
    McpMethods.ListedAs list = McpMethods.list(method);
    if (list != null) {
      return broadcast.list(message, list, open, sink);
    }
    return switch (method) {
      case "initialize" -> broadcast.initialize(message, open, sink);
      case "server/discover" -> broadcast.discover(message, open, sink);
      case "ping" -> {
        sink.answer(200, message.result(JsonObject.EMPTY), id(message));
        yield Sink.NONE;
      }
      case "tasks/list" -> broadcast.list(message, MergedLists.TASKS, open, sink);
      case "logging/setLevel" -> broadcast.everybody(message, open, sink);
      case "notifications/cancelled",
          "notifications/initialized",
          "notifications/roots/list_changed" ->
          broadcast.everybody(message, open, sink);
      case "",
          "tools/call",
          "prompts/get",
          "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "completion/complete",
          "tasks/get",
          "tasks/result",
          "tasks/update",
          "tasks/cancel",
          "notifications/progress",
          "notifications/tasks/status" ->
          routed.send(message, open, sink);
      default -> unknown(message, sink);
    };
  }

  /** What belongs to no server. */
  private static Exchange unknown(Message message, Sink sink) {
    if (message.isRequest()) {
      sink.answer(
          message.isModern() ? 404 : 200,
          message.error(METHOD_NOT_FOUND, "method not found: " + message.method()),
          id(message));
    } else {
      sink.answer(202, NOTHING, id(message));
    }
    return Sink.NONE;
  }

  static @Nullable String id(Message message) {
    SessionMap session = message.session();
    return session == null ? null : session.id();
  }

  private List<ToolServer> open(UpstreamRequest request) {
    if (servers.stream().allMatch(server -> server.entry().tenants().isEmpty())) {
      return servers;
    }
    String tenant = request.tenant().get();
    return servers.stream().filter(server -> server.serves(tenant)).toList();
  }

  private static @Nullable SessionMap session(UpstreamRequest request) {
    String id = header(request, "mcp-session-id");
    return id == null ? null : SessionMap.parse(id);
  }

  static @Nullable String header(UpstreamRequest request, String name) {
    for (int i = 0; i + 1 < request.headers().size(); i += 2) {
      if (request.headers().get(i).toLowerCase(Locale.ROOT).equals(name)) {
        return request.headers().get(i + 1);
      }
    }
    return null;
  }

  private static JsonObject body(UpstreamRequest request) {
    try {
      return request.body().length > 0
              && JsonReader.parse(request.body(), LIMITS) instanceof JsonObject object
          ? object
          : JsonObject.EMPTY;
    } catch (JsonParseException e) {
      throw new IllegalStateException("a message of ours is no JSON", e);
    }
  }

  @Override
  public void close() {
    servers.forEach(server -> server.client().close());
  }
}
