package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events a stream of bytes is. */
@Timeout(60)
class GateEventsReadingTest {
  private static final int LONGEST = 1_000;

  /** Gives its bytes in pieces of random length, as a network does. */
  private static final class InPieces extends InputStream {
    private final byte[] bytes;
    private final Random random;
    private int at;

    InPieces(byte[] bytes, long seed) {
      this.bytes = bytes;
      this.random = new Random(seed);
    }

    @Override
    public int read() {
      return at == bytes.length ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == bytes.length) {
        return -1;
      }
      int piece = Math.min(1 + random.nextInt(5), Math.min(length, bytes.length - at));
      System.arraycopy(bytes, at, into, offset, piece);
      at += piece;
      return piece;
    }
  }

  private static GateEvents over(InputStream body) {
    return new GateEvents(body, Duration.ofSeconds(50), LONGEST);
  }

  private static String read(InputStream body) throws IOException {
    List<String> events = new ArrayList<>();
    try (GateEvents stream = over(body)) {
      for (GateEvent e = stream.next(); e != null; e = stream.next()) {
        events.add(e.id() + "/" + e.name() + "/" + e.data().replace("\n", "~"));
      }
      return String.join(" ", events) + " @" + stream.lastEventId();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "id: 1~data: {}~~|1//{} @1",
        "id:1~event:row~data:{}~~|1/row/{} @1",
        "data: a~data: b~data:  c~~|//a~b~ c @",
        ": connected~~id: 2~data: x~~: ping~~|2//x @2",
        "id: 1~data: x~~data: y~~|1//x //y @1",
        "event: row~~data: y~~|//y @",
        "id: 9~~|​ @9",
        "id: 9~~id: 10~data: z~~|10//z @10",
        "retry: 5~other~data: x~~|//x @",
        "id: 1~data: x~~id: 2~data: cut off|1//x @1",
        "id: 1~data: x~~id: 2~data: cut off~|1//x @1",
        "data: a:b: c~~|//a:b: c @",
        "data: ü€😀~~|//ü€😀 @",
      })
  void events_are_read_however_the_bytes_come(String stream, String expected) throws IOException {
    String wanted = expected.replace("\u200b", "");
    byte[] plain = stream.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    byte[] carriageReturns = stream.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8);

    assertThat(read(new ByteArrayInputStream(plain))).isEqualTo(wanted);
    for (long seed = 1; seed <= 10; seed++) {
      assertThat(read(new InPieces(plain, seed))).as("seed %s", seed).isEqualTo(wanted);
      assertThat(read(new InPieces(carriageReturns, seed))).as("CR, %s", seed).isEqualTo(wanted);
    }
  }

  @Test
  void an_empty_stream_has_no_event_and_nowhere_to_go_on() throws IOException {
    assertThat(read(InputStream.nullInputStream())).isEqualTo(" @");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: ", ": a comment ", "x"})
  void an_event_that_never_ends_is_refused_before_it_fills_the_memory(String begins) {
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            int at = (int) Math.min(given++, begins.length());
            return at < begins.length() ? begins.charAt(at) : 'a';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
              into[offset + i] = (byte) read();
            }
            return length;
          }
        };

    assertThatThrownBy(() -> over(endless).next())
        .isInstanceOf(IOException.class)
        .hasMessage("an event is larger than 1000 bytes");
  }

  @Test
  void an_event_as_long_as_it_may_be_is_read_in_one_line_and_in_many() throws IOException {
    String line = "data:" + "a".repeat(LONGEST - 5) + "\n\n";
    assertThat(over(bytes(line)).next().data()).hasSize(LONGEST - 5);
    assertThatThrownBy(() -> over(bytes("data:a" + line.substring(5))).next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");

    String many = ("data:" + "a".repeat(94) + "\n").repeat(10);
    assertThat(over(bytes(many + "\n")).next().data()).hasSize(949);
    assertThatThrownBy(() -> over(bytes(many + many + "\n")).next())
        .as("lines of one event count together")
        .isInstanceOf(IOException.class);
    String events = ("data:" + "a".repeat(600) + "\n\n").repeat(3);
    try (GateEvents three = over(bytes(events))) {
      for (int i = 0; i < 3; i++) {
        assertThat(three.next().data()).as("events do not").hasSize(600);
      }
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_connection_that_breaks_keeps_where_to_go_on() throws IOException {
    InputStream breaks =
        new InputStream() {
          private final InputStream good =
              new ByteArrayInputStream(
                  "id: 3\ndata: x\n\nid: 4\nda".getBytes(StandardCharsets.UTF_8));

          @Override
          public int read() throws IOException {
            int b = good.read();
            if (b < 0) {
              throw new IOException("connection reset");
            }
            return b;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
          }
        };
    try (GateEvents events = over(breaks)) {
      assertThat(events.next().id()).isEqualTo("3");

      assertThatThrownBy(events::next)
          .isInstanceOf(IOException.class)
          .hasMessage("connection reset");

      assertThat(events.lastEventId()).as("4 was not read whole").isEqualTo("3");
    }
  }
}
