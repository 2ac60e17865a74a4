package app.intentgate.server.upstreams;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.McpMethods.ListedAs;
import app.intentgate.server.upstream.UpstreamResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages of several servers' lists as pages of one: names made unique, and a cursor that holds each
 * server's own, so that any gate can go on.
 */
final class MergedLists {
  private static final Logger LOG = LoggerFactory.getLogger(MergedLists.class);
  private static final int METHOD_NOT_FOUND = -32601;

  /**
   * How {@code tasks/list} lists. Nobody is told when a server's tasks change (no such message).
   */
  static final ListedAs TASKS = new ListedAs("tasks", "tasks/get");

  private final ServerNames names;
  private final Upstreams.ToolListener listener;

  /**
   * Lists.
   *
   * @param tools told which tools each server lists
   */
  MergedLists(ServerNames names, Upstreams.ToolListener tools) {
    this.names = names;
    this.listener = tools;
  }

  /** The cursors that a cursor of ours holds, by server; null when it is none. */
  static @Nullable Map<String, JsonValue> cursors(JsonValue cursor) {
    if (!(cursor instanceof JsonString text)) {
      return null;
    }
    try {
      byte[] plain = Base64.getUrlDecoder().decode(text.value());
      if (!(JsonReader.parse(plain) instanceof JsonObject object)) {
        return null;
      }
      Map<String, JsonValue> out = new LinkedHashMap<>();
      for (int i = 0; i < object.size(); i++) {
        out.put(object.nameAt(i), object.valueAt(i));
      }
      return out;
    } catch (IllegalArgumentException | JsonParseException e) {
      return null;
    }
  }

  /** Whether a server has no such list, which is as good as an empty one. */
  static boolean isNone(Gather.Said said) {
    return said.result() instanceof UpstreamResult.RpcError error
        && error.error() instanceof JsonObject object
        && object.get("code") instanceof JsonNumber code
        && code.fitsLong()
        && code.longValue() == METHOD_NOT_FOUND;
  }

  /**
   * One page.
   *
   * @param list where the entries are
   * @param cursors where each server's page began; empty for the first page
   * @param said what the servers answered
   */
  JsonObject page(
      ListedAs list, boolean modern, Map<String, JsonValue> cursors, List<Gather.Said> said) {
    List<JsonValue> entries = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    JsonObject.Builder next = JsonObject.builder(said.size());
    long ttl = Long.MAX_VALUE;
    for (Gather.Said each : said) {
      if (each.result() instanceof UpstreamResult.Result answer
          && answer.value() instanceof JsonObject page) {
        String server = each.server().name();
        if (list.use() == null) {
          listener.listed(server, cursors.get(server), page);
        }
        add(list, each.server(), page, cursors.isEmpty(), entries, shown);
        JsonValue theirs = page.get("nextCursor");
        if (theirs instanceof JsonString) {
          next.put(server, theirs);
        }
        ttl =
            Math.min(
                ttl,
                page.get("ttlMs") instanceof JsonNumber ms && ms.fitsLong()
                    ? Math.max(0, ms.longValue())
                    : 0);
      } else if (!isNone(each)) {
        ttl = 0;
        LOG.warn(
            "{} of the server {} are missing from a list: {}",
            list.member(),
            each.server().name(),
            each.result().outcome());
      }
    }
    JsonObject.Builder out = JsonObject.builder(5).put(list.member(), JsonArray.copyOf(entries));
    if (next.size() > 0) {
      byte[] plain = next.build().toString().getBytes(StandardCharsets.UTF_8);
      out.put("nextCursor", Base64.getUrlEncoder().withoutPadding().encodeToString(plain));
    }
    if (modern) {
      out.put("resultType", "complete")
          .put("ttlMs", ttl == Long.MAX_VALUE ? 0 : ttl)
          .put("cacheScope", "private");
    }
    return out.build();
  }

  private void add(
      ListedAs list,
      ToolServer server,
      JsonObject page,
      boolean first,
      List<JsonValue> entries,
      Set<String> seen) {
    if (!(page.get(list.member()) instanceof JsonArray array)) {
      return;
    }
    List<String> tools = new ArrayList<>();
    for (JsonValue value : array) {
      if (!(value instanceof JsonObject entry)) {
        continue;
      }
      JsonObject as = shown(list, server, entry);
      if (as == null) {
        continue;
      }
      JsonValue key = as.get(key(list));
      if (key == null || seen.add(key.toString())) {
        entries.add(as);
      }
      if (entry.get("name") instanceof JsonString own) {
        tools.add(server.name() + "." + own.value());
      }
    }
    if (list.use() == null && first && page.get("nextCursor") == null) {
      server.health().listed(tools);
    }
  }

  private @Nullable JsonObject shown(ListedAs list, ToolServer server, JsonObject entry) {
    return switch (key(list)) {
      case "uri" -> resource(server, entry);
      case "taskId" -> TaskIds.shown(server, entry);
      default -> named(server, entry);
    };
  }

  private static String key(ListedAs list) {
    if (list.equals(TASKS)) {
      return "taskId";
    }
    return list.member().startsWith("resource") ? "uri" : "name";
  }

  private static JsonObject resource(ToolServer server, JsonObject entry) {
    return new FromServer(server, Marks.ANSWER).uri(entry);
  }

  private @Nullable JsonObject named(ToolServer server, JsonObject entry) {
    if (!(entry.get("name") instanceof JsonString own)) {
      return null;
    }
    String shown = names.shown(server, own.value());
    if (shown == null) {
      LOG.warn(
          "a name of the server {} cannot be shown beside the others' and needs a rename: {}",
          server.name(),
          own);
      return null;
    }
    return shown.equals(own.value()) ? entry : entry.toBuilder().put("name", shown).build();
  }
}
