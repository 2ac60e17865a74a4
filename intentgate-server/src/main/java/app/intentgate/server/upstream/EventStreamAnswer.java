package app.intentgate.server.upstream;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in an event stream, the message that answers one request, event by event: what a caller
 * without an event stream of its own gets. Progress, log lines and the server's own requests are
 * passed over. One line and one event may be as large as an answer may be. Not thread-safe.
 */
final class EventStreamAnswer {
  private static final JsonLimits LIMITS =
      new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH);

  private final @Nullable JsonValue id;
  private final Consumer<JsonValue> asked;
  private final EventSplitter splitter = new EventSplitter(Integer.MAX_VALUE);
  private @Nullable JsonObject answer;

  EventStreamAnswer(@Nullable JsonValue id) {
    this(id, asked -> {});
  }

  /**
   * A search.
   *
   * @param asked told the ids of the server's own requests
   */
  EventStreamAnswer(@Nullable JsonValue id, Consumer<JsonValue> asked) {
    this.id = id;
    this.asked = asked;
  }

  /**
   * Takes the next bytes.
   *
   * @return the message that answers, once it came
   */
  @Nullable JsonObject feed(ByteBuffer bytes) {
    for (StreamEvent event : splitter.feed(bytes)) {
      byte[] message = event.data();
      if (message != null && answer == null) {
        take(message);
      }
    }
    return answer;
  }

  private void take(byte[] message) {
    try {
      JsonValue value = JsonReader.parse(message, LIMITS);
      if (value instanceof JsonObject object
          && object.get("method") == null
          && (object.get("result") != null || object.get("error") != null)
          && (id == null || id.equals(object.get("id")))) {
        answer = object;
      } else if (value instanceof JsonObject request && request.get("method") != null) {
        JsonValue theirs = request.get("id");
        if (theirs != null) {
          asked.accept(theirs);
        }
      }
    } catch (JsonParseException e) {
      // Not the answer; when none comes, the end of the stream says so.
    }
  }
}
