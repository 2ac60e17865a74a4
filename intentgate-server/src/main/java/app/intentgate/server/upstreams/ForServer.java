package app.intentgate.server.upstreams;

import app.intentgate.server.mcp.HeaderText;
import app.intentgate.server.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as one server gets it: its own session, version and names, and nobody else's. */
final class ForServer {
  private ForServer() {}

  /**
   * The headers of a request.
   *
   * @param session the session with that server, or null
   * @param name what the server calls the thing that {@code Mcp-Name} names; null to leave it
   * @param lastEvent the server's own id of the event to go on from, or null
   */
  static List<String> headers(
      UpstreamRequest request,
      SessionMap.@Nullable Opened session,
      @Nullable String name,
      @Nullable String lastEvent) {
    List<String> out = new ArrayList<>();
    boolean inSession = session != null && !session.id().isEmpty();
    for (int i = 0; i + 1 < request.headers().size(); i += 2) {
      String header = request.headers().get(i);
      String value = request.headers().get(i + 1);
      switch (header.toLowerCase(Locale.ROOT)) {
        case "mcp-session-id", "last-event-id" -> {
          // Ours; the server's own are added below.
        }
        case "mcp-protocol-version" ->
            add(out, header, session == null ? value : session.protocol());
        case "mcp-name" -> add(out, header, name == null ? value : HeaderText.encode(name));
        default -> add(out, header, value);
      }
    }
    if (session != null && inSession) {
      add(out, "Mcp-Session-Id", session.id());
    }
    if (lastEvent != null) {
      add(out, "Last-Event-ID", lastEvent);
    }
    return out;
  }

  private static void add(List<String> out, String name, String value) {
    out.add(name);
    out.add(value);
  }

  /** A message for a server. */
  static UpstreamRequest post(
      Message message, byte[] body, SessionMap.@Nullable Opened session, @Nullable String name) {
    UpstreamRequest request = message.request();
    return new UpstreamRequest(
            body,
            request.id(),
            message.method().equals("tools/call") ? name : null,
            headers(request, session, name, null))
        .of(request.tenant());
  }
}
