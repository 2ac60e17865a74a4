package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.fuzz.FuzzContract;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads an event stream by the standard must see, in what the gate hands on, those
 * messages that the gate saw and judged, and no other: however the bytes came, whatever pieces are
 * left out before, and with other data put in place.
 *
 * <p>The first byte of an input says where the stream is cut.
 */
class EventStreamFuzzTest extends FuzzContract {
  private static final byte[] OTHER = bytes("{\"id\":1,\"result\":{}}");

  EventStreamFuzzTest() {
    super("event-stream");
  }

  @Override
  protected List<String> words() {
    return List.of(
        "data:",
        "data: ",
        "data\n",
        "id: 1\n",
        "id",
        "event: message\n",
        "retry: 1\n",
        ": ping\n",
        "\n\n",
        "\r\n\r\n",
        "\r\r",
        "\ufeff",
        "{\"id\":1,\"result\":{}}",
        "{\"method\":\"a\"}");
  }

  @Override
  protected void tryInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    List<StreamEvent> whole = split(stream, stream.length);
    List<String> messages = messages(whole);
    assertThat(messages).isEqualTo(Standard.messages(joined(whole)));
    if (!holdsMark(stream)) {
      assertThat(joined(whole)).isEqualTo(Arrays.copyOf(stream, joined(whole).length));
    }
    for (StreamEvent event : whole) {
      isReadAsJudged(event);
    }
    Random cuts = new Random(input[0]);
    isTheSame(whole, split(stream, 1));
    isTheSame(whole, split(stream, cuts));
    isTheSame(whole, split(stream, cuts));
    answerIsFound(stream, messages, cuts);
    isBounded(stream, 1 + (input[0] & 0xff));
  }

  private static List<StreamEvent> split(byte[] stream, int piece) {
    EventSplitter splitter = new EventSplitter(1 << 20);
    List<StreamEvent> out = new ArrayList<>();
    for (int at = 0; at < stream.length; at += piece) {
      out.addAll(splitter.feed(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at))));
    }
    return out;
  }

  private static List<StreamEvent> split(byte[] stream, Random cuts) {
    EventSplitter splitter = new EventSplitter(1 << 20);
    List<StreamEvent> out = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(1 + cuts.nextInt(12), stream.length - at);
      out.addAll(splitter.feed(ByteBuffer.wrap(stream, at, length)));
      at += length;
    }
    return out;
  }

  private static void isTheSame(List<StreamEvent> whole, List<StreamEvent> pieces) {
    assertThat(messages(pieces)).isEqualTo(messages(whole));
    assertThat(pieces.stream().filter(StreamEvent::hasId).count())
        .isEqualTo(whole.stream().filter(StreamEvent::hasId).count());
    // Comments that came last are handed on at once, or with what follows.
    byte[] shorter = joined(pieces);
    byte[] longer = joined(whole);
    int common = Math.min(shorter.length, longer.length);
    assertThat(Arrays.copyOf(shorter, common)).isEqualTo(Arrays.copyOf(longer, common));
  }

  private static List<String> messages(List<StreamEvent> events) {
    List<String> out = new ArrayList<>();
    for (StreamEvent event : events) {
      if (event.data() != null) {
        out.add(text(event.data()));
      }
    }
    return out;
  }

  private static byte[] joined(List<StreamEvent> events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.forEach(event -> out.writeBytes(event.raw()));
    return out.toByteArray();
  }

  /** To a client for which it is the first that comes. */
  private static void isReadAsJudged(StreamEvent event) {
    byte[] data = event.data();
    assertThat(Standard.messages(event.raw()))
        .isEqualTo(data == null ? List.of() : List.of(text(data)));
    if (data != null) {
      assertThat(Standard.messages(event.withData(OTHER))).containsExactly(text(OTHER));
      assertThat(Standard.messages(event.replacing(OTHER).withIdPrefix("a.").raw()))
          .containsExactly(text(OTHER));
    }
    assertThat(Standard.messages(event.withIdPrefix("a.").raw()))
        .isEqualTo(Standard.messages(event.raw()));
  }

  private static void answerIsFound(byte[] stream, List<String> messages, Random cuts) {
    EventStreamAnswer search = new EventStreamAnswer(JsonNumber.of(1));
    JsonObject found = null;
    for (int at = 0; at < stream.length && found == null; ) {
      int length = Math.min(1 + cuts.nextInt(50), stream.length - at);
      found = search.feed(ByteBuffer.wrap(stream, at, length));
      at += length;
    }
    JsonValue expected = null;
    for (String message : messages) {
      JsonValue value = json(message);
      if (value instanceof JsonObject object
          && object.get("method") == null
          && (object.get("result") != null || object.get("error") != null)
          && JsonNumber.of(1).equals(object.get("id"))) {
        expected = object;
        break;
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  private static @Nullable JsonValue json(String latin1) {
    try {
      return JsonReader.parse(latin1.getBytes(StandardCharsets.ISO_8859_1));
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static void isBounded(byte[] stream, int limit) {
    EventSplitter splitter = new EventSplitter(limit);
    try {
      for (StreamEvent event : splitter.feed(ByteBuffer.wrap(stream))) {
        assertThat(event.raw().length).isLessThanOrEqualTo(limit);
      }
    } catch (EventSplitter.TooLargeException e) {
      assertThat(stream.length).isGreaterThan(limit);
    }
  }

  private static boolean holdsMark(byte[] stream) {
    return text(stream).contains("\u00ef\u00bb\u00bf");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The standard's rules, on a whole stream: a byte is a character, since all marks are ASCII. */
  private static final class Standard {
    private Standard() {}

    /** What a client is told; events without data or with empty data are none. */
    static List<String> messages(byte[] stream) {
      String text = text(stream);
      if (text.startsWith("\u00ef\u00bb\u00bf")) {
        text = text.substring(3);
      }
      List<String> out = new ArrayList<>();
      List<String> data = new ArrayList<>();
      String[] lines = text.split("\r\n|\n|\r", -1);
      for (int i = 0; i < lines.length - 1; i++) {
        if (lines[i].isEmpty()) {
          if (!String.join("\n", data).isEmpty()) {
            out.add(String.join("\n", data));
          }
          data.clear();
        } else if (lines[i].equals("data")) {
          data.add("");
        } else if (lines[i].startsWith("data:")) {
          String value = lines[i].substring(5);
          data.add(value.startsWith(" ") ? value.substring(1) : value);
        }
      }
      return out;
    }
  }
}
