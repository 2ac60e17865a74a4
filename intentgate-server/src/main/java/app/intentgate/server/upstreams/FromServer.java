package app.intentgate.server.upstreams;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * What one server says, as clients of several see it: its requests, progress tokens and event ids
 * marked as its own, so are its tasks, and its resources are under their common addresses. All else
 * stays as it came.
 */
final class FromServer {
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  private final ToolServer server;
  private final char stream;

  /**
   * For what comes from a server.
   *
   * @param stream which kind of stream it comes on, as {@link Marks} has them
   */
  FromServer(ToolServer server, char stream) {
    this.server = server;
    this.stream = stream;
  }

  /** An event as clients see it. */
  StreamEvent event(StreamEvent event) {
    StreamEvent marked = event.hasId() ? event.withIdPrefix(server.name() + stream) : event;
    byte[] data = marked.data();
    byte[] seen = data == null ? null : message(data);
    return seen == null ? marked : marked.replacing(seen);
  }

  /** A message as clients see it; null when it is to stay as it came. */
  @SuppressWarnings("ReferenceEquality")
  byte @Nullable [] message(byte[] bytes) {
    try {
      if (JsonReader.parse(bytes, LIMITS) instanceof JsonObject message) {
        JsonObject seen = message(message);
        return seen == message ? null : Message.bytes(seen);
      }
    } catch (JsonParseException e) {
      // Whoever reads it next says what is wrong with it.
    }
    return null;
  }

  private JsonObject message(JsonObject message) {
    if (!(message.get("method") instanceof JsonString method)) {
      return message.get("result") instanceof JsonObject result
          ? with(message, "result", result(result))
          : message;
    }
    JsonObject out = message;
    JsonValue id = message.get("id");
    JsonObject params = message.get("params") instanceof JsonObject given ? given : null;
    if (params != null) {
      params = TaskIds.related(server, params);
      out = with(out, "params", params);
    }
    if (id != null) {
      out = with(out, "id", Marks.mark(server, id));
      if (params != null
          && params.get("_meta") instanceof JsonObject meta
          && meta.get("progressToken") != null) {
        JsonObject marked = marked(meta, "progressToken");
        out = with(out, "params", with(params, "_meta", marked));
      }
    } else if (params != null) {
      switch (method.value()) {
        case "notifications/cancelled" -> out = with(out, "params", marked(params, "requestId"));
        case "notifications/tasks/status", "notifications/tasks" ->
            out = with(out, "params", TaskIds.shown(server, params));
        case "notifications/resources/updated" -> out = with(out, "params", uri(params));
        default -> {
          // Nothing in it is the server's own.
        }
      }
    }
    return out;
  }

  private JsonObject marked(JsonObject object, String member) {
    JsonValue id = object.get(member);
    return id == null ? object : with(object, member, Marks.mark(server, id));
  }

  @SuppressWarnings("ReferenceEquality")
  private static JsonObject with(JsonObject object, String member, JsonValue value) {
    return object.get(member) == value ? object : object.toBuilder().put(member, value).build();
  }

  /** A result whose tasks are marked and whose resources have their common addresses. */
  JsonObject result(JsonObject result) {
    JsonObject out = TaskIds.inResult(server, result);
    if (!server.renamesUris()) {
      return out;
    }
    if (result.get("content") instanceof JsonArray content) {
      out = with(out, "content", each(content));
    }
    if (result.get("contents") instanceof JsonArray contents) {
      out = with(out, "contents", each(contents));
    }
    if (result.get("messages") instanceof JsonArray messages) {
      JsonArray.Builder seen = JsonArray.builder(messages.size());
      for (JsonValue message : messages) {
        seen.add(
            message instanceof JsonObject object && object.get("content") instanceof JsonObject part
                ? with(object, "content", uri(part))
                : message);
      }
      out = with(out, "messages", seen.build());
    }
    return out;
  }

  @SuppressWarnings("ReferenceEquality")
  private JsonArray each(JsonArray parts) {
    JsonArray.Builder out = JsonArray.builder(parts.size());
    boolean changed = false;
    for (JsonValue part : parts) {
      JsonValue seen = part instanceof JsonObject object ? uri(object) : part;
      changed |= seen != part;
      out.add(seen);
    }
    return changed ? out.build() : parts;
  }

  /** A thing that may name a resource, or hold one. */
  JsonObject uri(JsonObject part) {
    JsonObject out = part;
    if (server.renamesUris()) {
      if (part.get("uri") instanceof JsonString uri) {
        out = with(out, "uri", JsonString.of(server.shownUri(uri.value())));
      }
      if (part.get("uriTemplate") instanceof JsonString template) {
        out = with(out, "uriTemplate", JsonString.of(server.shownUri(template.value())));
      }
      if (part.get("resource") instanceof JsonObject resource) {
        out = with(out, "resource", uri(resource));
      }
    }
    return out;
  }
}
