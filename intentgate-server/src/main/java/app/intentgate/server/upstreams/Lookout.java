package app.intentgate.server.upstreams;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Gather.Said;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks out for servers whose part was missing from a list, so that sessions are told once they are
 * there. Thread-safe; never blocks.
 */
final class Lookout {
  private static final byte[] PING =
      "{\"jsonrpc\":\"2.0\",\"id\":\"gate-ping\",\"method\":\"ping\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final LateNews news;
  private final Gather gather;
  private final Set<String> lookedFor = ConcurrentHashMap.newKeySet();

  Lookout(LateNews news, Gather gather) {
    this.news = news;
    this.gather = gather;
  }

  /** What becomes of parts of a list that come too late. */
  Gather.Lateness lateness(String session, String method, Map<String, JsonValue> cursors) {
    return new Gather.Lateness() {
      private LateNews.Asked asked(ToolServer server) {
        JsonValue cursor = cursors.get(server.name());
        return new LateNews.Asked(server.name(), method, cursor == null ? "" : cursor.toString());
      }

      @Override
      public @Nullable Said instead(ToolServer server) {
        return news.kept(session, asked(server));
      }

      @Override
      public void came(Said said) {
        if (said.result() instanceof UpstreamResult.Result) {
          news.came(session, asked(said.server()), said);
        }
      }
    };
  }

  /** Takes note of the servers whose part of a list is missing. */
  void missed(String session, String method, List<Said> said) {
    for (Said each : said) {
      if (isAway(each.result())) {
        news.missed(session, each.server().name(), method);
        lookFor(each.server());
      }
    }
  }

  private static boolean isAway(UpstreamResult result) {
    return result instanceof UpstreamResult.TimedOut
        || result instanceof UpstreamResult.Broken
        || result.status() >= 502 && result.status() <= 504;
  }

  /** Asks a server that is missed whether it is there, until it is or nobody misses it any more. */
  private void lookFor(ToolServer server) {
    if (lookedFor.add(server.name())) {
      gather.later(() -> look(server));
    }
  }

  private void look(ToolServer server) {
    lookedFor.remove(server.name());
    if (!news.isAwaited(server.name())) {
      return;
    }
    server
        .client()
        .send(
            new UpstreamRequest(PING, JsonString.of("gate-ping"), null, List.of()),
            (result, head) -> {
              if (isAway(result)) {
                lookFor(server);
              } else {
                news.isThere(server.name());
              }
            });
  }
}
