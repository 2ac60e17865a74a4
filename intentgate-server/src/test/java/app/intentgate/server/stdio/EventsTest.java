package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event stream read by a bridge, whoever wrote it and wherever it breaks. */
class EventsTest {
  private static final InputStream BROKEN =
      new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("reset");
        }
      };

  private static InputStream stream(String text, int piece) {
    String raw = text.replace("\\r", "\r").replace("\\n", "\n");
    return new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(piece, length));
      }
    };
  }

  private static List<String> all(Events events) throws IOException {
    List<String> out = new ArrayList<>();
    for (byte[] data = events.next(); data != null; data = events.next()) {
      out.add(new String(data, StandardCharsets.UTF_8).replace("\n", "/"));
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: a\\n\\ndata: b\\n\\n | a,b",
        "data: a\\r\\n\\r\\ndata: b\\r\\n\\r\\n | a,b",
        "data: a\\r\\rdata: b\\r\\r | a,b",
        "data: a\\r\\n\\ndata: b\\n\\r\\n | a,b",
        "data:a\\ndata:  b\\n\\n | a/ b",
        "data: a\\ndata\\ndata: b\\n\\n | a//b",
        ": c\\nevent: x\\ndata: a\\nother: y\\n\\n | a",
        "event: x\\n\\n\\n\\ndata: a\\n\\n | a",
        "data\\n\\ndata:\\n\\ndata: a\\n\\n | a",
        "datax: a\\nDATA: b\\n data: c\\n\\ndata: d\\n\\n | d",
        "data: a:b: c\\n\\n | a:b: c",
        "data: \u00e4\u20ac\\n\\n | \u00e4\u20ac",
        "data: a\\n\\ndata: cut off | a",
        "data: a\\n\\ndata: cut off\\n | a"
      })
  void anEventIsItsDataHoweverTheLinesEnd(String text, String events) throws IOException {
    for (int piece : new int[] {1, 2, 5, 100_000}) {
      assertThat(String.join(",", all(new Events(stream(text, piece), 1_000))))
          .as("%s bytes at a time", piece)
          .isEqualTo(events);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id: e1\\ndata: a\\n\\n | e1",
        "id:e1\\ndata: a\\n\\ndata: b\\n\\n | e1",
        "id: e1\\ndata: a\\n\\nid: e2\\n\\n | e2",
        "id: e1\\ndata: a\\n\\nid:\\ndata: b\\n\\n | none",
        "id: e1\\ndata: a\\n\\nid: \u00e4\\ndata: b\\n\\n | none",
        "id: a\u0001b\\ndata: a\\n\\n | none",
        "data: a\\n\\n | none",
        "id: e1\\ndata: a\\n\\nid: e2\\ndata: {\"id\" | e1",
        "id: e1\\ndata: a\\n\\nid: e2\\ndata: b\\n | e1",
        "id: e1\\ndata: a\\n\\nid: e2\\n | e1",
        "id: e1\\nid: e2\\ndata: a\\n\\n | e2"
      })
  void aStreamIsGoneOnWithFromTheLastEventThatCameWhole(String text, String last)
      throws IOException {
    Events ended = new Events(stream(text, 3), 1_000);
    all(ended);
    assertThat(String.valueOf(ended.lastId()).replace("null", "none")).isEqualTo(last);
    Events broken = new Events(new SequenceInputStream(stream(text, 3), BROKEN), 1_000);
    assertThatThrownBy(() -> all(broken)).hasMessage("reset");
    assertThat(String.valueOf(broken.lastId()).replace("null", "none")).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "retry: 10\\n\\n | 10",
        "retry:0\\n\\n | 0",
        "retry: 999999999\\n\\n | 999999999",
        "retry: 1000000000\\n\\n | -1",
        "retry: -5\\n\\n | -1",
        "retry: 1.5\\n\\n | -1",
        "retry:\\n\\n | -1",
        "retry: x\\n\\n | -1",
        "retry: 7\\nretry: x\\n\\n | 7",
        "data: a\\n\\n | -1"
      })
  void aWaitIsAWholeNumberOfMilliseconds(String text, long millis) throws IOException {
    Events events = new Events(stream(text, 4), 1_000);
    all(events);
    assertThat(events.retryMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: %s\n\n", "data: %s", ": %s", "%s\n"})
  void aLineLongerThanTheLimitBreaksTheStream(String form) {
    Events events = new Events(stream(form.formatted("x".repeat(1_001)), 100), 1_000);
    assertThatThrownBy(events::next).hasMessage("an event is larger than 1000 bytes");
  }

  @Test
  void anEventOfTheLimitIsReadAndOneByteMoreInManyLinesIsNot() throws IOException {
    String line = "data: " + "x".repeat(499) + "\n";
    assertThat(all(new Events(stream(line + "data: " + "y".repeat(500) + "\n\n", 64), 1_000)))
        .singleElement()
        .asString()
        .hasSize(1_000);
    Events more = new Events(stream(line + "data: " + "y".repeat(501) + "\n\n", 64), 1_000);
    assertThatThrownBy(more::next).hasMessageContaining("larger than 1000");
  }
}
