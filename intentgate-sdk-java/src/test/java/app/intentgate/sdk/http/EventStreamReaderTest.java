package app.intentgate.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data of a stream's events, by the HTML standard, wherever its bytes are cut. */
class EventStreamReaderTest {
  private static List<String> read(byte[] stream, Random cuts, int maxBytes)
      throws AnswerException {
    List<String> events = new ArrayList<>();
    EventStreamReader reader =
        new EventStreamReader(
            maxBytes, data -> events.add(new String(data, StandardCharsets.UTF_8)));
    for (int at = 0; at < stream.length; ) {
      int end = Math.min(stream.length, at + cuts.nextInt(6));
      reader.read(Arrays.copyOfRange(stream, at, end));
      at = end;
    }
    return events;
  }

  /** The same by the words of the standard: all lines first, then the events in them. */
  private static List<String> expected(String stream) {
    String text = stream.startsWith("\ufeff") ? stream.substring(1) : stream;
    List<String> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    String[] lines = text.split("\r\n|\n|\r", -1);
    for (int i = 0; i < lines.length - 1; i++) {
      String line = lines[i];
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(String.join("\n", data));
        }
        data.clear();
      } else if (field.equals("data")) {
        data.add(value.startsWith(" ") ? value.substring(1) : value);
      }
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void a_stream_of_any_pieces_holds_the_events_that_the_standard_finds(long seed) throws Exception {
    String[] pieces = {
      "data",
      "data:",
      "data: ",
      "datax:",
      "dat",
      ":",
      " ",
      "\n",
      "\n",
      "\r\n",
      "\r",
      "id: 7",
      "event: e",
      "ü€",
      "\ud83d\ude00",
      "{\"a\":1}",
      "\ufeff",
      "\n\n",
      "\r\r",
      "\0"
    };
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      StringBuilder stream = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        stream.append(pieces[random.nextInt(pieces.length)]);
      }
      // A stream that ends in the middle of a line end would leave open which one it was.
      String text = stream.append("\n\n").toString();

      assertThat(read(text.getBytes(StandardCharsets.UTF_8), random, 10_000))
          .as("seed %s, round %s: %s", seed, round, text)
          .isEqualTo(expected(text));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data: 12345~~ | 11 | true",
        "data: 123456~~ | 11 | false",
        "data: 12~data: 12~~ | 10 | true",
        "data: 12~data: 123~~ | 10 | false",
        ": a long comment~~ | 10 | false",
        "data: 12345~~data: 12345~~data: 12345~~ | 11 | true",
      })
  void one_event_may_have_so_many_bytes_and_not_one_more(String stream, int max, boolean fits) {
    byte[] bytes = stream.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    for (long seed = 1; seed <= 5; seed++) {
      Random cuts = new Random(seed);
      if (fits) {
        org.assertj.core.api.Assertions.assertThatCode(() -> read(bytes, cuts, max))
            .doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> read(bytes, cuts, max))
            .isInstanceOfSatisfying(AnswerException.class, e -> assertThat(e.tooLarge()).isTrue())
            .hasMessage("the answer is larger than " + max + " bytes");
      }
    }
  }

  @Test
  void an_event_that_the_stream_does_not_finish_is_none() throws Exception {
    byte[] cut = "data: whole\n\ndata: cut off\n".getBytes(StandardCharsets.UTF_8);

    assertThat(read(cut, new Random(1), 100)).containsExactly("whole");
  }
}
