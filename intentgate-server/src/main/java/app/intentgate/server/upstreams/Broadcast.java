package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.McpMethods.ListedAs;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Gather.Said;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What every server is asked: their answers joined, and those that do not answer left out. */
final class Broadcast {
  private static final byte[] NOTHING = {};
  private static final int INVALID_PARAMS = -32602;

  private final MergedLists lists;
  private final LateSessions late;
  private final Lookout lookout;
  private final Gather gather;
  private final Joined joined;

  Broadcast(MergedLists lists, LateSessions late, LateNews news, Gather gather, Joined joined) {
    this.lists = lists;
    this.lookout = new Lookout(news, gather);
    this.late = late;
    this.gather = gather;
    this.joined = joined;
  }

  Exchange initialize(Message message, List<ToolServer> open, Sink sink) {
    gather.ask(
        open,
        server ->
            CompletableFuture.completedFuture(
                ForServer.post(message, message.request().body(), null, null)),
        said -> {
          Map<String, Opened> sessions = new LinkedHashMap<>();
          for (Said each : said) {
            Opened opened = LateSessions.opened(each);
            if (opened != null) {
              sessions.put(each.server().name(), opened);
            }
          }
          List<Said> answered =
              said.stream().filter(each -> sessions.containsKey(each.server().name())).toList();
          if (answered.isEmpty()) {
            failed(message, said, sink);
          } else {
            sink.answer(
                200, message.result(joined.initialize(answered)), SessionMap.of(sessions).id());
          }
        });
    return Sink.NONE;
  }

  Exchange discover(Message message, List<ToolServer> open, Sink sink) {
    ask(
        message,
        open,
        sink,
        each -> message.request().body(),
        said -> {
          List<Said> answered = said.stream().filter(Broadcast::isResult).toList();
          sink.answer(200, message.result(joined.discover(answered)), null);
        });
    return Sink.NONE;
  }

  Exchange list(Message message, ListedAs list, List<ToolServer> open, Sink sink) {
    JsonValue cursor = message.params().get("cursor");
    Map<String, JsonValue> cursors = cursor == null ? Map.of() : MergedLists.cursors(cursor);
    if (cursors == null) {
      sink.answer(200, message.error(INVALID_PARAMS, "invalid cursor"), SeveralServers.id(message));
      return Sink.NONE;
    }
    List<ToolServer> asked =
        cursor == null
            ? open
            : open.stream().filter(server -> cursors.containsKey(server.name())).toList();
    // There is no message that would tell of tasks which came late.
    SessionMap session = list.equals(MergedLists.TASKS) ? null : message.session();
    ask(
        message,
        asked,
        sink,
        session == null
            ? Gather.Lateness.NONE
            : lookout.lateness(session.id(), message.method(), cursors),
        server -> {
          JsonValue theirs = cursors.get(server.name());
          return theirs == null
              ? message.request().body()
              : message.with(message.params().toBuilder().put("cursor", theirs).build());
        },
        said -> {
          if (session != null) {
            lookout.missed(session.id(), message.method(), said);
          }
          sink.answer(
              200,
              message.result(lists.page(list, message.isModern(), cursors, said)),
              SeveralServers.id(message));
        });
    return Sink.NONE;
  }

  /** Tells everybody; it is done when somebody took it. */
  Exchange everybody(Message message, List<ToolServer> open, Sink sink) {
    if (!message.isRequest()) {
      tell(message, open, sink);
      return Sink.NONE;
    }
    ask(
        message,
        open,
        sink,
        server -> message.request().body(),
        said -> sink.answer(200, message.result(JsonObject.EMPTY), SeveralServers.id(message)));
    return Sink.NONE;
  }

  private void tell(Message message, List<ToolServer> open, Sink sink) {
    List<ToolServer> reached = open.stream().filter(isReached(message)).toList();
    gather.ask(
        reached,
        server ->
            CompletableFuture.completedFuture(
                ForServer.post(message, message.request().body(), opened(message, server), null)),
        said -> {
          Said over = said.stream().filter(each -> isOver(message, each)).findFirst().orElse(null);
          if (over == null) {
            sink.answer(202, NOTHING, SeveralServers.id(message));
          } else {
            sink.result(over.result(), NOTHING, SeveralServers.id(message));
          }
        });
  }

  Exchange end(Message message, List<ToolServer> open, Sink sink) {
    List<ToolServer> reached =
        open.stream()
            .filter(isReached(message))
            .filter(
                server -> {
                  Opened opened = opened(message, server);
                  return opened != null && !opened.id().isEmpty();
                })
            .toList();
    gather.ask(
        reached,
        server ->
            CompletableFuture.completedFuture(
                UpstreamRequest.without(
                    UpstreamRequest.Method.DELETE,
                    ForServer.headers(message.request(), opened(message, server), null, null))),
        said -> {
          SessionMap session = message.session();
          if (session != null) {
            reached.forEach(server -> late.forget(session.id(), server));
          }
          sink.answer(200, NOTHING, null);
        });
    return Sink.NONE;
  }

  /**
   * Asks the servers; what is left to do when one of them answers at all. A server that wants a
   * session, or has forgotten the one it had, speaks for all: the client has to open a new one.
   */
  private void ask(
      Message message,
      List<ToolServer> asked,
      Sink sink,
      Function<ToolServer, byte[]> body,
      Consumer<List<Said>> then) {
    ask(message, asked, sink, Gather.Lateness.NONE, body, then);
  }

  private void ask(
      Message message,
      List<ToolServer> asked,
      Sink sink,
      Gather.Lateness lateness,
      Function<ToolServer, byte[]> body,
      Consumer<List<Said>> then) {
    gather.ask(
        asked,
        server ->
            late.within(message.session(), server)
                .thenApply(opened -> ForServer.post(message, body.apply(server), opened, null)),
        lateness,
        said -> {
          Said over = said.stream().filter(each -> isOver(message, each)).findFirst().orElse(null);
          if (over != null) {
            sink.result(over.result(), body(message, over.result()), SeveralServers.id(message));
          } else if (said.isEmpty()
              || said.stream().anyMatch(each -> isResult(each) || MergedLists.isNone(each))) {
            then.accept(said);
          } else {
            failed(message, said, sink);
          }
        });
  }

  private static boolean isResult(Said said) {
    return said.result() instanceof UpstreamResult.Result;
  }

  private boolean isOver(Message message, Said said) {
    SessionMap session = message.session();
    if (session == null) {
      return said.result().wantsSession();
    }
    if (said.result().status() != 404 || MergedLists.isNone(said)) {
      return false;
    }
    late.forget(session.id(), said.server());
    Opened opened = session.opened().get(said.server().name());
    return opened != null && !opened.id().isEmpty();
  }

  private static void failed(Message message, List<Said> said, Sink sink) {
    UpstreamResult first = said.isEmpty() ? new UpstreamResult.Broken(0) : said.get(0).result();
    for (Said each : said) {
      if (each.result() instanceof UpstreamResult.RpcError) {
        first = each.result();
        break;
      }
    }
    sink.result(first, body(message, first), SeveralServers.id(message));
  }

  private static byte[] body(Message message, UpstreamResult result) {
    if (!(result instanceof UpstreamResult.RpcError error)) {
      return NOTHING;
    }
    JsonValue id = message.request().id();
    JsonObject.Builder out = JsonObject.builder(3).put("jsonrpc", "2.0");
    if (id != null) {
      out.put("id", id);
    }
    return Message.bytes(out.put("error", error.error()).build());
  }

  /** Whether a server is in the message's session, or the message in none. */
  private Predicate<ToolServer> isReached(Message message) {
    return server -> message.session() == null || opened(message, server) != null;
  }

  private @Nullable Opened opened(Message message, ToolServer server) {
    return late.known(message.session(), server);
  }
}
