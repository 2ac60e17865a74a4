package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages on lines, however the bytes of these come. */
class LinesTest {
  /** Gives so many bytes at a time. */
  private static InputStream pieces(byte[] bytes, int size) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(size, length));
      }
    };
  }

  /** Every line, with {@code too long} for one that was. */
  private static List<String> read(InputStream in, int limit) throws IOException {
    Lines lines = new Lines(in, limit);
    List<String> out = new ArrayList<>();
    while (true) {
      try {
        byte[] line = lines.next();
        if (line == null) {
          return out;
        }
        out.add(new String(line, StandardCharsets.UTF_8).replace("\r", "\\r"));
      } catch (Lines.TooLongException e) {
        out.add("too long");
      }
    }
  }

  private static List<String> read(String text, int piece) throws IOException {
    return read(pieces(text.getBytes(StandardCharsets.UTF_8), piece), 1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100_000})
  void aLineIsTheSameHoweverItsBytesCome(int piece) throws IOException {
    assertThat(read("one\ntwo \u00e4\u20ac\ud83d\ude00\n\nthree", piece))
        .containsExactly("one", "two \u00e4\u20ac\ud83d\ude00", "three");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a\\r\\nb\\r\\n | a\\r,b\\r",
        "\\n\\n\\r\\n \\t\\n | ``",
        "a\\rb\\n | a\\rb",
        "a | a",
        "\\n | ``",
        " a \\n | a"
      })
  void emptyLinesAreNoMessagesAndTheLastNeedsNoEnd(String text, String lines) throws IOException {
    String raw = text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    assertThat(String.join(",", read(raw, 2)).strip()).isEqualTo(lines);
    assertThat(read("", 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 4_096, 16 * 1024, 100_000})
  void aLineOfTheLimitIsReadAndOneByteMoreIsPassedOver(int piece) throws IOException {
    String exact = "x".repeat(20_000);
    byte[] text =
        (exact + "\n" + exact + "y\nz\n" + exact + "y\n\n" + exact)
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(read(pieces(text, piece), 20_000))
        .containsExactly(exact, "too long", "z", "too long", exact);
  }

  @Test
  void aLineThatIsTooLongAtTheEndIsSaidToBeOnce() throws IOException {
    assertThat(read(pieces("ok\nxxxxxx".getBytes(StandardCharsets.US_ASCII), 1), 5))
        .containsExactly("ok", "too long");
    assertThat(read(pieces(" ".repeat(6).getBytes(StandardCharsets.US_ASCII), 1), 5))
        .as("blanks count too")
        .containsExactly("too long");
  }

  @Test
  void ofALineThatIsTooLongNothingIsKept() {
    byte[] text = "x".repeat(32 << 20).getBytes(StandardCharsets.US_ASCII);
    Lines lines = new Lines(new ByteArrayInputStream(text), 1 << 20);
    long before = allocated();
    assertThatThrownBy(lines::next)
        .isInstanceOf(Lines.TooLongException.class)
        .hasMessage("a line is longer than 1048576 bytes");
    assertThat(allocated() - before).isLessThan(16 << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void anInputThatFailsFails() {
    Lines lines =
        new Lines(
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("gone");
              }
            },
            10);
    assertThatThrownBy(lines::next)
        .hasMessage("gone")
        .isNotInstanceOf(Lines.TooLongException.class);
  }
}
