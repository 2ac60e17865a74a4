package app.intentgate.server.upstream;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in an event stream, the message that answers one request, event by event: what a caller
 * without an event stream of its own gets. Progress, log lines and the server's own requests are
 * passed over. One line and one event may be as large as an answer may be. Not thread-safe.
 */
final class EventStreamAnswer {
  private static final byte[] DATA = {'d', 'a', 't', 'a'};

  private final @Nullable JsonValue id;
  private final Consumer<JsonValue> asked;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean lastWasCarriageReturn;
  private boolean hasData;
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
    while (bytes.hasRemaining() && answer == null) {
      byte b = bytes.get();
      if (b == '\n' && lastWasCarriageReturn) {
        lastWasCarriageReturn = false;
      } else if (b == '\n' || b == '\r') {
        lastWasCarriageReturn = b == '\r';
        endOfLine();
      } else {
        lastWasCarriageReturn = false;
        line.write(b);
      }
    }
    return answer;
  }

  private void endOfLine() {
    byte[] text = line.toByteArray();
    line.reset();
    if (text.length == 0) {
      endOfEvent();
      return;
    }
    int colon = 0;
    while (colon < text.length && text[colon] != ':') {
      colon++;
    }
    if (colon == DATA.length && startsWithData(text)) {
      int start = colon + 1 < text.length && text[colon + 1] == ' ' ? colon + 2 : colon + 1;
      if (hasData) {
        data.write('\n');
      }
      hasData = true;
      if (start < text.length) {
        data.write(text, start, text.length - start);
      }
    }
  }

  private static boolean startsWithData(byte[] text) {
    for (int i = 0; i < DATA.length; i++) {
      if (text[i] != DATA[i]) {
        return false;
      }
    }
    return true;
  }

  private void endOfEvent() {
    byte[] message = data.toByteArray();
    data.reset();
    hasData = false;
    if (message.length == 0) {
      return;
    }
    try {
      JsonValue value =
          JsonReader.parse(message, new JsonLimits(Integer.MAX_VALUE, JsonLimits.GREATEST_DEPTH));
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
