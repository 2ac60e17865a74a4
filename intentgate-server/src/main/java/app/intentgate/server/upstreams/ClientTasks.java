package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which server a client made a task for, by the client's own id of it: what the client later tells
 * of the task is that server's to know and no other's. Known to the gate that relayed the client's
 * answer alone, which is enough: these notifications are a courtesy, and servers ask for what they
 * need to know. Bounded; thread-safe.
 */
final class ClientTasks {
  private static final int MAX = 2_000;
  private static final int LONGEST = 512;

  private final Map<Key, ToolServer> made = new LinkedHashMap<>();

  private record Key(String session, String taskId) {}

  /** Takes note of the task in a client's answer to a server, if it is one. */
  void answered(Message message, ToolServer server) {
    if (message.body().get("result") instanceof JsonObject result
        && result.get("task") instanceof JsonObject task
        && task.get("taskId") instanceof JsonString id
        && id.value().length() <= LONGEST
        && message.session() != null) {
      synchronized (made) {
        made.put(new Key(message.session().id(), id.value()), server);
        if (made.size() > MAX) {
          made.remove(made.keySet().iterator().next());
        }
      }
    }
  }

  /** Whose the task is that a client tells of, or null where that is not known. */
  @Nullable ToolServer of(Message message) {
    if (message.session() == null) {
      return null;
    }
    synchronized (made) {
      return made.get(new Key(message.session().id(), message.param("taskId")));
    }
  }
}
