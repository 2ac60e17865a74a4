package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.server.mcp.GateAsClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with servers that were away when a client's session was opened: opened by the gate once
 * they are asked for something. Kept on this gate, bounded; another opens its own. Thread-safe.
 */
final class LateSessions {
  private static final int MAX = 1_000;

  private final String version;
  private final Map<String, CompletableFuture<@Nullable Opened>> held =
      new LinkedHashMap<>(16, 0.75f, true);

  /**
   * None yet.
   *
   * @param version the gate's version
   */
  LateSessions(String version) {
    this.version = version;
  }

  private CompletableFuture<@Nullable Opened> of(String session, ToolServer server) {
    String key = server.name() + '\n' + session;
    CompletableFuture<@Nullable Opened> mine;
    synchronized (held) {
      CompletableFuture<@Nullable Opened> known = held.get(key);
      if (known != null) {
        return known;
      }
      mine = new CompletableFuture<>();
      held.put(key, mine);
      if (held.size() > MAX) {
        var oldest = held.values().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    open(key, server, mine);
    return mine;
  }

  /** The session with a server that a message belongs to, opened now where it is not yet. */
  CompletableFuture<@Nullable Opened> within(@Nullable SessionMap session, ToolServer server) {
    if (session == null) {
      return CompletableFuture.completedFuture(null);
    }
    Opened opened = session.opened().get(server.name());
    return opened != null ? CompletableFuture.completedFuture(opened) : of(session.id(), server);
  }

  /** The session with a server that a message belongs to, if it was opened already, or null. */
  @Nullable Opened known(@Nullable SessionMap session, ToolServer server) {
    if (session == null) {
      return null;
    }
    Opened opened = session.opened().get(server.name());
    if (opened != null) {
      return opened;
    }
    synchronized (held) {
      CompletableFuture<@Nullable Opened> known = held.get(server.name() + '\n' + session.id());
      return known == null ? null : known.getNow(null);
    }
  }

  /** Forgets the session with a server: it is over. */
  void forget(String session, ToolServer server) {
    synchronized (held) {
      held.remove(server.name() + '\n' + session);
    }
  }

  private void open(String key, ToolServer server, CompletableFuture<@Nullable Opened> mine) {
    JsonObject body =
        JsonObject.builder(4)
            .put("jsonrpc", "2.0")
            .put("id", "gate-initialize")
            .put("method", "initialize")
            .put("params", GateAsClient.initialize(version))
            .build();
    server
        .client()
        .send(
            new UpstreamRequest(Message.bytes(body), body.get("id"), null, List.of()),
            (result, head) -> {
              Opened opened = opened(new Gather.Said(server, result, head));
              if (opened == null) {
                synchronized (held) {
                  held.remove(key, mine);
                }
                mine.complete(null);
                return;
              }
              server
                  .client()
                  .send(initialized(opened), (accepted, ignored) -> mine.complete(opened));
            });
  }

  private static UpstreamRequest initialized(Opened opened) {
    JsonObject body =
        JsonObject.builder(2)
            .put("jsonrpc", "2.0")
            .put("method", "notifications/initialized")
            .build();
    UpstreamRequest plain =
        new UpstreamRequest(
            Message.bytes(body), null, null, List.of("MCP-Protocol-Version", opened.protocol()));
    return plain.withHeaders(ForServer.headers(plain, opened, null, null));
  }

  /** The session that an answer to {@code initialize} opened, or null when it opened none. */
  static @Nullable Opened opened(Gather.Said said) {
    UpstreamHead head = said.head();
    if (!(said.result() instanceof UpstreamResult.Result) || !head.hasUsableSession()) {
      return null;
    }
    String id = head.sessionId();
    return new Opened(id == null ? "" : id, Joined.protocol(said));
  }
}
