package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of a log, read from its start and from its end. */
class LinesTest {
  @TempDir Path directory;

  /** Hands out a few bytes at a time, as a pipe does. */
  private static InputStream slowly(byte[] content, Random random) {
    return new FilterInputStream(new ByteArrayInputStream(content)) {
      @Override
      public int read(byte[] into, int at, int length) throws IOException {
        return super.read(into, at, Math.min(length, 1 + random.nextInt(100_000)));
      }
    };
  }

  private static String line(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
  }

  private static List<String> randomLines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      // Short ones, empty ones, and some that do not fit where a reader begins.
      int length = random.nextInt(8) == 0 ? random.nextInt(700_000) : random.nextInt(30);
      lines.add(Character.toString('a' + random.nextInt(26)).repeat(length));
    }
    return lines;
  }

  @Test
  void every_line_is_read_forwards_with_its_number_and_how_far_it_is() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 12; round++) {
      List<String> expected = randomLines(random);
      byte[] content = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.US_ASCII);
      Lines lines = new Lines(slowly(content, random));
      long bytes = 0;
      for (int i = 0; i < expected.size(); i++) {
        assertThat(lines.next()).isTrue();
        assertThat(line(lines.buffer(), lines.from(), lines.to()).equals(expected.get(i)))
            .as("line %d of round %d", i, round)
            .isTrue();
        bytes += expected.get(i).length() + 1;
        assertThat(lines.number()).isEqualTo(i + 1);
        assertThat(lines.bytes()).isEqualTo(bytes);
        assertThat(lines.isTerminated()).isTrue();
      }
      assertThat(lines.next()).isFalse();
      assertThat(lines.next()).as("and goes on being at the end").isFalse();
    }
  }

  @Test
  void a_torn_line_at_the_end_is_read_and_told_from_a_whole_one() throws IOException {
    Lines lines =
        new Lines(new ByteArrayInputStream("whole\ntorn".getBytes(StandardCharsets.UTF_8)));
    assertThat(lines.next()).isTrue();
    assertThat(lines.isTerminated()).isTrue();
    assertThat(lines.next()).isTrue();
    assertThat(line(lines.buffer(), lines.from(), lines.to())).isEqualTo("torn");
    assertThat(lines.isTerminated()).isFalse();
    assertThat(lines.bytes()).isEqualTo(10);
    assertThat(lines.next()).isFalse();
    assertThat(new Lines(InputStream.nullInputStream()).next()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, true", "70000, true", "262144, true", "900000, true"})
  void a_line_that_is_too_long_stands_as_an_empty_one(int more, boolean tooLong)
      throws IOException {
    int longest = 1 << 18;
    String line = "y".repeat(longest + more);
    for (String after : List.of("", "\n", "\nnext\n", "\n" + line + "\nnext")) {
      byte[] content = ("first\n" + line + after).getBytes(StandardCharsets.US_ASCII);
      Lines lines = new Lines(slowly(content, new Random(3)), longest);
      assertThat(lines.next()).isTrue();
      assertThat(lines.isTooLong()).isFalse();
      assertThat(lines.next()).isTrue();
      assertThat(lines.isTooLong()).isEqualTo(tooLong);
      assertThat(lines.to() - lines.from()).isEqualTo(tooLong ? 0 : line.length());
      assertThat(lines.isTerminated()).isEqualTo(!after.isEmpty());
      assertThat(lines.number()).isEqualTo(2);
      assertThat(lines.bytes()).isEqualTo(6 + line.length() + (after.isEmpty() ? 0 : 1));
      boolean last = false;
      while (lines.next()) {
        last = line(lines.buffer(), lines.from(), lines.to()).equals("next");
      }
      assertThat(last).isEqualTo(after.contains("next"));
      assertThat(lines.bytes()).isEqualTo(content.length);
      assertThat(lines.next()).isFalse();
    }
  }

  @Test
  void every_line_is_read_backwards_with_where_it_starts() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 12; round++) {
      List<String> expected = randomLines(random);
      Path file = directory.resolve("log-" + round);
      Files.writeString(file, String.join("\n", expected) + "\n");
      long offset = Files.size(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        ReverseLines lines = new ReverseLines(channel, offset);
        Collections.reverse(expected);
        for (String each : expected) {
          assertThat(lines.next()).isTrue();
          assertThat(line(lines.buffer(), lines.from(), lines.to()).equals(each)).isTrue();
          offset -= each.length() + 1;
          assertThat(lines.offset()).isEqualTo(offset);
        }
        assertThat(lines.next()).isFalse();
      }
    }
  }
}
