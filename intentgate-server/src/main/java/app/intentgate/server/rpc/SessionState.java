package app.intentgate.server.rpc;

import app.intentgate.check.Credential;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this gate has to know of a session beside its id: which of the server's requests wait for
 * the client, and which requests' streams ended before their answer came (mcp L6, L9). Bounded;
 * thread-safe.
 */
final class SessionState {
  private static final int MAX_OPEN = 1_000;
  private static final long KEPT = TimeUnit.MINUTES.toNanos(10);

  private final String clientId;
  private final String upstreamId;
  private final Owner owner;
  private final Elicits elicits;
  private final Set<JsonValue> serverRequests = new LinkedHashSet<>();
  private final Map<JsonValue, Parked> parked = new LinkedHashMap<>();
  private volatile Credential credential;

  private record Parked(Awaited call, long since) {}

  /**
   * A session.
   *
   * @param clientId the id the client uses; empty where there is no session
   * @param session what the id says; its upstream id is empty where there is no session
   * @param credential what the session's client presents
   */
  SessionState(String clientId, SessionIds.Session session, Owner owner, Credential credential) {
    this.clientId = clientId;
    this.upstreamId = session.upstreamId();
    this.elicits = session.elicits();
    this.owner = owner;
    this.credential = credential;
  }

  /** How the person who uses the session's client can be asked. */
  Elicits elicits() {
    return elicits;
  }

  String clientId() {
    return clientId;
  }

  String upstreamId() {
    return upstreamId;
  }

  Owner owner() {
    return owner;
  }

  /** Takes note of what the session's client presented last. */
  void presented(Credential presented) {
    credential = presented;
  }

  /** What the session's client presented last. */
  Credential credential() {
    return credential;
  }

  /**
   * The server asked the client for something. One that it cancels stays until others take its
   * place, so the oldest makes room.
   */
  synchronized void asked(JsonValue id) {
    serverRequests.add(id);
    if (serverRequests.size() > MAX_OPEN) {
      Iterator<JsonValue> oldest = serverRequests.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Whether the server waits for this answer of the client's; it is waited for no longer. */
  synchronized boolean answers(JsonValue id) {
    return serverRequests.remove(id);
  }

  /** Keeps a request whose stream ended, since its answer may come on another. */
  void park(Awaited call) {
    Parked lost;
    synchronized (this) {
      lost = parked.put(call.rpcId(), new Parked(call, System.nanoTime()));
      if (lost == null && parked.size() > MAX_OPEN) {
        Iterator<Parked> oldest = parked.values().iterator();
        lost = oldest.next();
        oldest.remove();
      }
    }
    if (lost != null) {
      lose(lost.call());
    }
  }

  /** The request that an answer belongs to; it is kept no longer. */
  synchronized @Nullable Awaited unpark(JsonValue id) {
    Parked found = parked.remove(id);
    return found == null ? null : found.call();
  }

  /** Gives up what waited too long, or everything. */
  void expire(boolean all) {
    List<Awaited> lost = new ArrayList<>();
    long now = System.nanoTime();
    synchronized (this) {
      parked
          .values()
          .removeIf(
              entry -> {
                boolean due = all || now - entry.since() > KEPT;
                if (due) {
                  lost.add(entry.call());
                }
                return due;
              });
    }
    lost.forEach(SessionState::lose);
  }

  private static void lose(Awaited call) {
    // Nobody is there to be told; what is recorded is the point.
    var unused = call.answered(new UpstreamResult.TimedOut(0));
  }
}
