package app.intentgate.server.upstreams;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is to tell of, the {@code notifications} of its params and of its
 * acknowledgement: resources and tasks by the names clients know, or by one server's own.
 */
final class Wanted {
  private static final String TASKS = "taskIds";

  private Wanted() {}

  /** The part of it that concerns a server, in that server's words; null when nothing does. */
  static @Nullable JsonObject at(ToolServer server, ServerNames names, JsonObject wanted) {
    JsonObject.Builder theirs = JsonObject.builder(wanted.size());
    boolean any = false;
    for (int i = 0; i < wanted.size(); i++) {
      String kind = wanted.nameAt(i);
      JsonValue value = wanted.valueAt(i);
      if (value instanceof JsonArray named) {
        JsonArray own =
            each(
                named,
                shown -> {
                  ServerNames.Target target =
                      kind.equals(TASKS) ? TaskIds.find(names, shown) : names.findUri(shown);
                  return target != null && target.server().equals(server) ? target.name() : null;
                },
                false);
        any |= !own.isEmpty();
        theirs.put(kind, own);
      } else {
        any |= value == JsonBoolean.TRUE;
        theirs.put(kind, value);
      }
    }
    return any ? theirs.build() : null;
  }

  /** What a server says that it honors, as clients know it. */
  static JsonObject shown(ToolServer server, JsonObject honors) {
    JsonObject.Builder ours = JsonObject.builder(honors.size());
    for (int i = 0; i < honors.size(); i++) {
      String kind = honors.nameAt(i);
      JsonValue value = honors.valueAt(i);
      ours.put(
          kind,
          value instanceof JsonArray named
              ? each(
                  named,
                  own -> kind.equals(TASKS) ? TaskIds.shown(server, own) : server.shownUri(own),
                  true)
              : value);
    }
    return ours.build();
  }

  private static JsonArray each(
      JsonArray names, Function<String, @Nullable String> as, boolean keepOthers) {
    JsonArray.Builder out = JsonArray.builder(names.size());
    for (JsonValue name : names) {
      if (name instanceof JsonString text) {
        String other = as.apply(text.value());
        if (other != null) {
          out.add(JsonString.of(other));
        }
      } else if (keepOthers) {
        out.add(name);
      }
    }
    return out.build();
  }
}
