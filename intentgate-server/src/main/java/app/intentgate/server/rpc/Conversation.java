package app.intentgate.server.rpc;

import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamHead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who talks with the tool server, and in which session.
 *
 * @param owner whose the session is, or would be
 * @param session the session, or null where there is none
 * @param elicits how the person who uses the client can be asked
 */
record Conversation(
    Supplier<Owner> owner, @Nullable SessionState session, Supplier<Elicits> elicits) {

  /** The tool server's name of the session; empty when there is none. */
  String upstreamSession() {
    return session == null ? "" : session.upstreamId();
  }

  /** The tenant of whoever talks. */
  Supplier<String> tenant() {
    return () -> owner.get().tenant();
  }

  /** The headers of an answer for the client, name and value in turn (mcp T3, L2). */
  List<String> headers(UpstreamHead head, Sessions sessions) {
    String id = head.sessionId();
    if (id == null) {
      return head.kept();
    }
    List<String> out = new ArrayList<>(head.kept());
    out.add("Mcp-Session-Id");
    out.add(
        session != null && session.upstreamId().equals(id)
            ? session.clientId()
            : sessions.open(id, owner.get(), elicits.get()));
    return out;
  }
}
