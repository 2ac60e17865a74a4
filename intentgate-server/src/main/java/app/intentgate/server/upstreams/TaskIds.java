package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.server.upstreams.ServerNames.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Ids of servers' tasks as clients see them: {@code sap:7}. The name of the server that made a task
 * keeps those of several apart, and says on any gate whom to ask.
 */
final class TaskIds {
  private static final String ID = "taskId";
  private static final String RELATED = "io.modelcontextprotocol/related-task";
  private static final byte[] MENTION = "\"taskId\"".getBytes(StandardCharsets.US_ASCII);

  private TaskIds() {}

  /** Whose a task is, and what the server calls it; null when no server's is named so. */
  static @Nullable Target find(ServerNames names, String shown) {
    int colon = shown.indexOf(Marks.ANSWER);
    ToolServer server = colon < 1 ? null : names.byName(shown.substring(0, colon));
    return server == null || colon + 1 == shown.length()
        ? null
        : new Target(server, shown.substring(colon + 1));
  }

  /** Whether there may be a task in a message, so that it has to be looked at. */
  static boolean mayBeIn(byte[] message) {
    for (int i = 0; i + MENTION.length <= message.length; i++) {
      int same = 0;
      while (same < MENTION.length && message[i + same] == MENTION[same]) {
        same++;
      }
      if (same == MENTION.length) {
        return true;
      }
    }
    return false;
  }

  /** A task, or what names one in {@value #ID}, as clients see it. */
  static JsonObject shown(ToolServer server, JsonObject task) {
    return task.get(ID) instanceof JsonString own
        ? task.toBuilder().put(ID, shown(server, own.value())).build()
        : task;
  }

  /** A server's id of a task as clients see it. */
  static String shown(ToolServer server, String own) {
    return server.name() + Marks.ANSWER + own;
  }

  /** A result as clients see it: it may be a task, or tell of one that was made. */
  static JsonObject inResult(ToolServer server, JsonObject result) {
    JsonObject out = related(server, result);
    if (out.get("task") instanceof JsonObject made && made.get(ID) != null) {
      out = out.toBuilder().put("task", shown(server, made)).build();
    }
    return out.get("status") instanceof JsonString ? shown(server, out) : out;
  }

  /** What belongs to a task, by its {@code _meta}, as clients see it. */
  static JsonObject related(ToolServer server, JsonObject of) {
    return of.get("_meta") instanceof JsonObject meta
            && meta.get(RELATED) instanceof JsonObject task
            && task.get(ID) != null
        ? withRelated(of, meta, shown(server, task))
        : of;
  }

  /** The same as a server made it, where the task is that server's. */
  static JsonObject relatedAtServer(ServerNames names, ToolServer server, JsonObject of) {
    if (of.get("_meta") instanceof JsonObject meta
        && meta.get(RELATED) instanceof JsonObject task
        && task.get(ID) instanceof JsonString shown) {
      Target target = find(names, shown.value());
      if (target != null && target.server().equals(server)) {
        return withRelated(of, meta, task.toBuilder().put(ID, target.name()).build());
      }
    }
    return of;
  }

  private static JsonObject withRelated(JsonObject of, JsonObject meta, JsonObject task) {
    return of.toBuilder().put("_meta", meta.toBuilder().put(RELATED, task).build()).build();
  }
}
