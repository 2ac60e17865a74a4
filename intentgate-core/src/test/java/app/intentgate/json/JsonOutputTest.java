package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer by hand: commas, escapes of the three kinds, and what becomes of the bytes. */
class JsonOutputTest {
  private static final int[] CHARACTERS = {
    'a', '"', '\\', '/', '<', '>', '&', '\'', 0, 1, 0x1f, ' ', '\b', '\f', '\n', '\r', '\t', '~',
    0x7f, 0x80, 0xe9, 0x7ff, 0x800, 0x2027, 0x2028, 0x2029, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff,
    0xe000, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff
  };

  @Test
  void commas_stand_between_values_and_nowhere_else() {
    JsonOutput out = JsonOutput.plain();
    out.beginObject();
    out.name("a").beginArray().number(1).bool(false).nullValue();
    out.beginObject().endObject().beginArray().endArray().string("x").endArray();
    out.name("b").rawValue("{}".getBytes(StandardCharsets.UTF_8));
    out.name("c").value(JsonArray.of(JsonNull.NULL, JsonValue.of(true)));
    out.name("").number(-1).endObject();
    assertThat(out.toText())
        .isEqualTo("{\"a\":[1,false,null,{},[],\"x\"],\"b\":{},\"c\":[null,true],\"\":-1}");
  }

  @Test
  void raw_bytes_are_no_value_of_their_own() {
    JsonOutput out = JsonOutput.plain().beginArray().number(1);
    out.raw(",2".getBytes(StandardCharsets.UTF_8)).number(3).endArray();
    assertThat(out.toText()).isEqualTo("[1,2,3]");
  }

  @Test
  void a_reset_buffer_forgets_its_text_and_its_comma() {
    JsonOutput out = JsonOutput.plain();
    out.beginArray().number(1);
    assertThat(out.reset().size()).isZero();
    assertThat(out.string("x").toText()).isEqualTo("\"x\"");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        -1,
        -10,
        999_999_999_999L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
      })
  void whole_numbers_are_written_with_all_their_digits(long value) {
    assertThat(JsonOutput.plain().number(value).toText()).isEqualTo(Long.toString(value));
    assertThat(JsonOutput.plain().beginArray().number(1).number(value).endArray().toText())
        .isEqualTo("[1," + value + "]");
  }

  @Test
  void each_kind_escapes_what_it_says_and_all_are_read_as_the_same_text() {
    check(JsonOutput::plain, c -> false);
    check(JsonOutput::htmlSafe, c -> "<>&\u2028\u2029".indexOf(c) >= 0);
    check(JsonOutput::ascii, c -> c > '~');
  }

  private static void check(Supplier<JsonOutput> kind, IntPredicate more) {
    Random random = new Random(71);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
      }
      String json = kind.get().string(text.toString()).toText();
      assertThat(json).isEqualTo(expected(text.toString(), more));
      assertThat(JsonReader.parse(json)).isEqualTo(JsonString.of(text.toString()));
    }
  }

  /** The escapes, written once more and slowly. */
  private static String expected(String text, IntPredicate more) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              int letter = "\"\\\b\f\n\r\t".indexOf(c);
              if (letter >= 0) {
                out.append('\\').append("\"\\bfnrt".charAt(letter));
              } else if (c < ' ' || (c >= 0xd800 && c <= 0xdfff) || more.test(c)) {
                for (char half : Character.toChars(c)) {
                  out.append("\\u%04x".formatted((int) half));
                }
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append('"').toString();
  }

  @Test
  void bytes_that_are_no_characters_are_escaped_one_by_one() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'b', (byte) 0xc3, (byte) 0xa9};
    assertThat(JsonOutput.htmlSafe().string(bytes).toText())
        .isEqualTo("\"a\\ufffd\\ufffd\\ufffdb\u00e9\"");
    assertThat(JsonOutput.ascii().string(bytes).toText())
        .isEqualTo("\"a\\ufffd\\ufffd\\ufffdb\\u00e9\"");
  }

  @Test
  void bytes_of_a_text_are_written_like_the_text() {
    Random random = new Random(72);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        int c = CHARACTERS[random.nextInt(CHARACTERS.length)];
        text.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 'z' : c);
      }
      byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
      for (Supplier<JsonOutput> kind :
          List.<Supplier<JsonOutput>>of(
              JsonOutput::plain, JsonOutput::htmlSafe, JsonOutput::ascii)) {
        assertThat(kind.get().string(utf8).toText())
            .isEqualTo(kind.get().string(text.toString()).toText());
      }
    }
  }

  @Test
  void texts_longer_than_the_buffer_make_it_grow() {
    for (int length = 240; length < 300; length++) {
      String text = "x".repeat(length) + "\u00e9\n";
      assertThat(JsonReader.parse(JsonOutput.plain().string(text).toByteArray()))
          .isEqualTo(JsonString.of(text));
    }
  }

  @Test
  void digests_codes_and_streams_get_the_same_bytes() throws IOException, GeneralSecurityException {
    JsonOutput out = JsonOutput.plain().value(JsonReader.parse("{\"b\":[1,\"\u00e9\"],\"a\":2}"));
    byte[] bytes = out.toByteArray();
    assertThat(out.size()).isEqualTo(bytes.length);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    out.writeTo(stream);
    assertThat(stream.toByteArray()).isEqualTo(bytes);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    out.update(digest);
    assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[] {1}, "HmacSHA256"));
    out.update(mac);
    byte[] code = mac.doFinal();
    assertThat(code).isEqualTo(mac.doFinal(bytes));
  }

  @Test
  void members_are_sorted_by_code_point_at_every_level_when_asked() {
    JsonValue value =
        JsonReader.parse("{\"\ud83d\ude00\":1,\"\uffff\":{\"b\":1,\"a\":[{\"d\":1,\"c\":2}]}}");
    assertThat(new String(JsonWriter.toSortedBytes(value), StandardCharsets.UTF_8))
        .isEqualTo("{\"\uffff\":{\"a\":[{\"c\":2,\"d\":1}],\"b\":1},\"\ud83d\ude00\":1}");
    assertThat(JsonWriter.toText(value)).startsWith("{\"\ud83d\ude00\":1");
  }
}
