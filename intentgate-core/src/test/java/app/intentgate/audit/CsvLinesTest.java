package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows written from stored lines are those written from the events, byte for byte. */
class CsvLinesTest {
  /** What JSON, CSV, a spreadsheet or a list joined by semicolons treats in a way of its own. */
  private static final List<String> ODD =
      List.of(
          "a",
          "Z9",
          " ",
          ",",
          ";",
          "\"",
          "'",
          "\\",
          "\\u0000",
          "\\u005c",
          "\\ud800",
          "[",
          "]",
          "{",
          "=",
          "+",
          "-",
          "@",
          "\t",
          "\r",
          "\n",
          "\u0000",
          "\u001f",
          "\u007f",
          "<",
          ">",
          "&",
          "\u00e9",
          "\u2028",
          "\ud83d\ude00",
          "\ud800",
          "\udc00",
          "\ufffe",
          "0123456789abcdef");

  private final CsvLines rows = new CsvLines();
  private final StoredLine line = new StoredLine();
  private final Random random = new Random(60);

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(ODD.get(random.nextInt(ODD.size())));
    }
    return text.toString();
  }

  private List<String> texts() {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> text()).toList();
  }

  private JsonObject object() {
    JsonValue list = JsonArray.of(JsonString.of(text()), JsonValue.of(random.nextInt()));
    return JsonObject.of(text() + "1", JsonString.of(text()), text() + "2", list);
  }

  private AuditEvent odd() {
    return RandomEvents.call(text())
        .reason(text())
        .agentId(text())
        .tool(text())
        .remoteIp(text())
        .argKeys(texts())
        .argValues(object())
        .intentAllowed(texts())
        .latencyMs(random.nextInt(20) - 10)
        .errorCode(random.nextInt())
        .requiresStepUp(random.nextBoolean())
        .build();
  }

  private String row(StoredEvent event) throws IOException {
    byte[] json = EventJson.bytes(event);
    byte[] around = new byte[json.length + 2];
    System.arraycopy(json, 0, around, 1, json.length);
    assertThat(line.set(around, 1, json.length + 1)).as("a line of %s", event).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.write(line, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void rowsOfRandomEventsAreTheSameFromLines() throws IOException {
    for (StoredEvent event : new RandomEvents(61).chained(500)) {
      assertThat(row(event)).isEqualTo(EventCsv.row(event));
    }
  }

  @Test
  void rowsOfOddEventsAreTheSameFromLines() throws IOException {
    for (int i = 0; i < 4_000; i++) {
      StoredEvent event = AuditChain.link(odd(), i + 1L, "");
      assertThat(row(event)).isEqualTo(EventCsv.row(event));
    }
  }

  @Test
  void aLineIsTheEventItWasWrittenFromWhereverThatIsChained() {
    List<StoredEvent> events = new RandomEvents(62).chained(50);
    for (StoredEvent event : events) {
      byte[] json = EventJson.bytes(event);
      assertThat(line.set(json, 0, json.length)).isTrue();
      assertThat(line.read()).isEqualTo(event);
      assertThat(line.chain()).isEqualTo(event.chain());
      for (StoredEvent other : events) {
        assertThat(line.isSameEvent(StoredLine.of(other.event())))
            .isEqualTo(event.event().equals(other.event()));
      }
    }
  }
}
