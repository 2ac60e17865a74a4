package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteBuilderTest {
  private static String text(ByteBuilder builder) {
    return new String(builder.toByteArray(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        9,
        10,
        11,
        99,
        100,
        101,
        -1,
        -9,
        -10,
        -100,
        123456789,
        1000000000000000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void a_number_is_written_as_the_jdk_writes_it(long number) {
    // In a buffer that is full, and one with dirt in it.
    assertThat(text(new ByteBuilder(0).number(number))).isEqualTo(Long.toString(number));
    ByteBuilder used = new ByteBuilder(64).ascii("x".repeat(60)).reset().add('[');
    assertThat(text(used.number(number).add(']'))).isEqualTo("[" + number + "]");
  }

  @Test
  void a_padded_number_has_the_digits_asked_for() {
    assertThat(text(new ByteBuilder(0).padded(7, 4).padded(0, 2).padded(123, 3)))
        .isEqualTo("000700123");
  }

  @Test
  void every_character_is_escaped_as_the_wire_writes_it() {
    for (char c = 0; c < 0x300; c++) {
      String text = "a" + c + "b";
      assertThat(text(new ByteBuilder(1).string(text)))
          .as("U+%04x", (int) c)
          .isEqualTo(
              new String(
                  JsonWriter.goBytes(app.intentgate.json.JsonString.of(text)),
                  StandardCharsets.UTF_8));
    }
    assertThat(text(new ByteBuilder(0).string(""))).isEqualTo("\"\"");
  }

  @Test
  void it_grows_and_keeps_what_it_holds() throws IOException {
    Random random = new Random(92);
    ByteBuilder builder = new ByteBuilder(1);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      String piece = "p".repeat(random.nextInt(9)) + i;
      switch (i % 4) {
        case 0 -> builder.ascii(piece);
        case 1 -> builder.utf8(piece + "\u00e9");
        case 2 ->
            builder.add(
                ("<" + piece + ">").getBytes(StandardCharsets.UTF_8), 1, piece.length() + 1);
        default -> builder.add(piece.getBytes(StandardCharsets.UTF_8));
      }
      expected.append(piece).append(i % 4 == 1 ? "\u00e9" : "");
    }
    assertThat(text(builder)).isEqualTo(expected.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    builder.writeTo(out);
    assertThat(out.toByteArray()).isEqualTo(builder.toByteArray());
    assertThat(builder.asBuffer().remaining()).isEqualTo(builder.size());
    assertThat(builder.reset().size()).isZero();
    assertThat(text(builder.add('a'))).isEqualTo("a");
  }
}
