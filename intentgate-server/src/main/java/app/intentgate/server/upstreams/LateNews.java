package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.server.upstream.StreamEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was missing from the lists of a session since its server was slow or away: the client is
 * told that a list changed once the server is there, on the session's own stream, and a list that
 * came late is kept for when it is asked for again. Bounded; thread-safe.
 */
final class LateNews {
  private static final int MAX_SESSIONS = 1_000;
  private static final int MAX_KEPT = 16;

  private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /** What a list is the answer to. */
  record Asked(String server, String method, String cursor) {}

  private static final class Session {
    private final Map<String, Set<String>> missing = new HashMap<>();
    private final Map<Asked, Gather.Said> kept = new LinkedHashMap<>();
    private final Set<String> due = new HashSet<>();
    private @Nullable MergedStream stream;
  }

  private Session of(String session) {
    Session found = sessions.computeIfAbsent(session, id -> new Session());
    if (sessions.size() > MAX_SESSIONS) {
      var oldest = sessions.values().iterator();
      oldest.next();
      oldest.remove();
    }
    return found;
  }

  /** A server's part was missing from a list. */
  synchronized void missed(String session, String server, String method) {
    of(session).missing.computeIfAbsent(server, name -> new HashSet<>()).add(method);
  }

  /** Whether a session with an open stream misses something of a server. */
  synchronized boolean isAwaited(String server) {
    return sessions.values().stream()
        .anyMatch(each -> each.stream != null && each.missing.containsKey(server));
  }

  /** A server's part of a list came too late: it is the answer when it is late again. */
  void came(String session, Asked asked, Gather.Said said) {
    synchronized (this) {
      Session mine = of(session);
      if (mine.kept.size() < MAX_KEPT) {
        mine.kept.put(asked, said);
      }
      mine.missing.computeIfAbsent(asked.server(), name -> new HashSet<>()).add(asked.method());
    }
    isThere(asked.server());
  }

  /** What came too late the last time, or null; it is kept no longer. */
  synchronized Gather.@Nullable Said kept(String session, Asked asked) {
    Session mine = sessions.get(session);
    return mine == null ? null : mine.kept.remove(asked);
  }

  /** A server answered: those that missed it are told. */
  void isThere(String server) {
    List<Runnable> tellings = new ArrayList<>();
    synchronized (this) {
      for (Session each : sessions.values()) {
        Set<String> methods = each.missing.remove(server);
        if (methods != null) {
          each.due.addAll(methods);
          tell(each, tellings);
        }
      }
    }
    tellings.forEach(Runnable::run);
  }

  /** A session's own stream began: it is told what is due. */
  void opened(String session, MergedStream stream) {
    List<Runnable> tellings = new ArrayList<>();
    synchronized (this) {
      Session mine = of(session);
      mine.stream = stream;
      tell(mine, tellings);
    }
    tellings.forEach(Runnable::run);
  }

  /** A session's own stream ended. */
  synchronized void closed(String session, MergedStream stream) {
    Session mine = sessions.get(session);
    if (mine != null && mine.stream == stream) {
      mine.stream = null;
    }
  }

  private static void tell(Session session, List<Runnable> tellings) {
    MergedStream stream = session.stream;
    if (stream == null || session.due.isEmpty()) {
      return;
    }
    Set<String> said = new HashSet<>();
    for (String method : session.due) {
      // Templates are told of with the resources.
      said.add("notifications/" + method.substring(0, method.indexOf('/')) + "/list_changed");
    }
    session.due.clear();
    List<StreamEvent> events = said.stream().sorted().map(LateNews::event).toList();
    tellings.add(() -> stream.tell(events));
  }

  private static StreamEvent event(String method) {
    return StreamEvent.of(
        Message.bytes(JsonObject.builder(2).put("jsonrpc", "2.0").put("method", method).build()));
  }
}
