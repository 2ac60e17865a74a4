package app.intentgate.server.rpc;

import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.mcp.SessionIds.Owner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that clients have with the tool server, each bound to the token that opened it (mcp
 * L2). What is kept is bounded, and only what cannot be read from the id. Thread-safe.
 */
final class Sessions {
  private static final int MAX = 10_000;

  private final SessionIds ids;
  private final OpenCalls openCalls;
  private final Map<String, SessionState> states = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<Owner, Elicits> withoutId = new LinkedHashMap<>(16, 0.75f, true);

  Sessions(SessionIds ids, OpenCalls openCalls) {
    this.ids = ids;
    this.openCalls = openCalls;
  }

  /** The calls whose stream ended before their answer came. */
  OpenCalls openCalls() {
    return openCalls;
  }

  static Owner owner(Caller caller) {
    return new Owner(caller.tenant(), caller.chainId());
  }

  /** The id for the client of a session that the tool server opened for a caller. */
  String open(String upstreamId, Owner owner, Elicits elicits) {
    return ids.seal(new SessionIds.Session(upstreamId, elicits), owner);
  }

  /** Takes note of what a client declared, in case the tool server opens no session for it. */
  void declared(Owner owner, Elicits elicits) {
    synchronized (withoutId) {
      if (!elicits.any()) {
        withoutId.remove(owner);
        return;
      }
      withoutId.put(owner, elicits);
      if (withoutId.size() > MAX) {
        withoutId.remove(withoutId.keySet().iterator().next());
      }
    }
  }

  /** What the last client of an owner declared here, where it has no session. */
  Elicits declaredBy(Owner owner) {
    synchronized (withoutId) {
      return withoutId.getOrDefault(owner, Elicits.NOT);
    }
  }

  /**
   * The session that an id names, or null when it is not this owner's.
   *
   * @param id what the client presents as its session
   * @param credential what it presents as itself, by which the session lasts from now on
   */
  @Nullable SessionState find(String id, Owner owner, Credential credential) {
    SessionState found;
    synchronized (states) {
      found = states.get(id);
    }
    if (found == null) {
      SessionIds.Session session = ids.open(id, owner);
      found = session == null ? null : keep(id, new SessionState(id, session, owner, credential));
    }
    if (found == null || !found.owner().equals(owner)) {
      return null;
    }
    found.presented(credential);
    return found;
  }

  /** What is known of the calls of an owner that has no session. */
  SessionState withoutSession(Owner owner) {
    String key = owner.tenant() + '\n' + owner.chainId();
    synchronized (states) {
      SessionState known = states.get(key);
      if (known != null) {
        return known;
      }
    }
    SessionIds.Session none = new SessionIds.Session("", Elicits.NOT);
    return keep(key, new SessionState("", none, owner, Credential.NONE));
  }

  private SessionState keep(String key, SessionState state) {
    SessionState dropped = null;
    SessionState kept;
    synchronized (states) {
      SessionState before = states.putIfAbsent(key, state);
      kept = before == null ? state : before;
      if (states.size() > MAX) {
        Iterator<SessionState> oldest = states.values().iterator();
        dropped = oldest.next();
        oldest.remove();
      }
    }
    if (dropped != null) {
      dropped.expire(true);
    }
    return kept;
  }

  /** Forgets a session that ended. */
  void end(SessionState session) {
    synchronized (states) {
      states.remove(session.clientId());
    }
    session.expire(true);
    openCalls.end(session);
  }

  /** The sessions with the tool server of which something holds. */
  List<SessionState> where(Predicate<SessionState> holds) {
    List<SessionState> all;
    synchronized (states) {
      all = new ArrayList<>(states.values());
    }
    all.removeIf(state -> state.upstreamId().isEmpty() || !holds.test(state));
    return all;
  }

  /** Gives up calls whose answer did not come in time. */
  void expire() {
    List<SessionState> all;
    synchronized (states) {
      all = new ArrayList<>(states.values());
    }
    all.forEach(state -> state.expire(false));
  }
}
