package app.intentgate.server.upstreams;

import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Ids of one server as clients see them: marked with the server's name, so that those of several
 * never meet and each finds its way back on any gate.
 */
final class Marks {
  /** In an event id: of a stream that answers a request, or of the servers' own streams. */
  static final char ANSWER = ':';

  static final char OWN_STREAM = '!';

  private Marks() {}

  /**
   * A marked id.
   *
   * @param server whose it is
   * @param id what the server calls it
   */
  record Marked<T>(ToolServer server, T id) {}

  /** A request id or progress token of a server. */
  static JsonString mark(ToolServer server, JsonValue id) {
    return JsonString.of(server.name() + ANSWER + id);
  }

  /** Whose a request id or progress token is; null when it is no server's. */
  static @Nullable Marked<JsonValue> find(ServerNames names, @Nullable JsonValue id) {
    if (!(id instanceof JsonString text)) {
      return null;
    }
    int colon = text.value().indexOf(ANSWER);
    ToolServer server = colon < 1 ? null : names.byName(text.value().substring(0, colon));
    if (server == null) {
      return null;
    }
    try {
      return new Marked<>(server, JsonReader.parse(text.value().substring(colon + 1)));
    } catch (JsonParseException e) {
      return null;
    }
  }
}
