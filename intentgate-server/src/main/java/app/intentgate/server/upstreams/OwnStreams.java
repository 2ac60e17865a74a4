package app.intentgate.server.upstreams;

import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the servers' own streams as one, or goes on with the one that broke. */
final class OwnStreams {
  private final ServerNames names;
  private final LateSessions late;
  private final LateNews news;

  OwnStreams(ServerNames names, LateSessions late, LateNews news) {
    this.names = names;
    this.late = late;
    this.news = news;
  }

  /**
   * Where a stream goes on.
   *
   * @param server whose event was the last
   * @param event the server's own id of it
   * @param alone whether that stream answers a request, and the others' are none of it
   */
  private record Resumed(ToolServer server, String event, boolean alone) {}

  Exchange open(Message message, List<ToolServer> open, Sink sink, UpstreamReceiver receiver) {
    Resumed resumed = resumed(SeveralServers.header(message.request(), "last-event-id"));
    String session = SeveralServers.id(message);
    if (resumed != null && resumed.alone() && open.contains(resumed.server())) {
      return sink.relay(resumed.server(), get(message, resumed.server(), resumed), session);
    }
    MergedStream merged = new MergedStream(receiver, session, news);
    List<ToolServer> asked =
        open.stream()
            .filter(server -> message.session() == null || opened(message, server) != null)
            .toList();
    if (asked.isEmpty()) {
      sink.answer(405, new byte[0], session);
      return Sink.NONE;
    }
    merged.expect(asked.size());
    for (ToolServer server : asked) {
      merged.add(server.client().open(get(message, server, resumed), merged.source(server)));
    }
    return merged;
  }

  private UpstreamRequest get(Message message, ToolServer server, @Nullable Resumed resumed) {
    String last = resumed != null && resumed.server().equals(server) ? resumed.event() : null;
    return UpstreamRequest.without(
        UpstreamRequest.Method.GET,
        ForServer.headers(message.request(), opened(message, server), null, last));
  }

  private @Nullable Opened opened(Message message, ToolServer server) {
    return late.known(message.session(), server);
  }

  private @Nullable Resumed resumed(@Nullable String event) {
    if (event == null) {
      return null;
    }
    int at = 0;
    while (at < event.length()
        && event.charAt(at) != Marks.ANSWER
        && event.charAt(at) != Marks.OWN_STREAM) {
      at++;
    }
    ToolServer server = at == event.length() ? null : names.byName(event.substring(0, at));
    return server == null
        ? null
        : new Resumed(server, event.substring(at + 1), event.charAt(at) == Marks.ANSWER);
  }
}
