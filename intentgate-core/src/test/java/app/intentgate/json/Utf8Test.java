package app.intentgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** UTF-8 beside the decoder of the JDK. */
class Utf8Test {
  private static boolean isValid(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).length()
          > 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** How long the one character is that bytes start with, by trying. */
  private static int expected(byte[] bytes) {
    for (int length = 1; length <= Math.min(4, bytes.length); length++) {
      if (isValid(bytes, length)) {
        return length;
      }
    }
    return 0;
  }

  @Test
  void every_character_has_its_bytes_and_no_others() {
    for (int c = 0; c <= 0x10ffff; c += c < 0x11000 ? 1 : 97) {
      if (c >= 0xd800 && c <= 0xdfff) {
        continue;
      }
      String text = Character.toString(c);
      byte[] bytes = Utf8.encode(text);
      assertThat(Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))).as("%x", c).isTrue();
      int length = Utf8.lengthAt(bytes, 0, bytes.length);
      assertThat(length).isEqualTo(bytes.length);
      assertThat(Utf8.codePointAt(bytes, 0, length)).isEqualTo(c);
      assertThat(Utf8.lengthAt(bytes, 0, bytes.length - 1 == 0 ? 1 : bytes.length - 1))
          .isEqualTo(bytes.length == 1 ? 1 : 0);
    }
  }

  @Test
  void any_two_bytes_are_a_character_only_if_the_jdk_says_so() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        byte[] bytes = {(byte) first, (byte) second, (byte) 0x80, (byte) 0x80};
        assertThat(Utf8.lengthAt(bytes, 0, 4))
            .as("%x %x", first, second)
            .isEqualTo(expected(bytes));
      }
    }
  }

  @Test
  void random_bytes_are_cut_into_the_same_characters() {
    Random random = new Random(91);
    byte[] edges = {
      0x41,
      0x7f,
      (byte) 0x80,
      (byte) 0xbf,
      (byte) 0xc0,
      (byte) 0xc1,
      (byte) 0xc2,
      (byte) 0xdf,
      (byte) 0xe0,
      (byte) 0x9f,
      (byte) 0xa0,
      (byte) 0xed,
      (byte) 0xef,
      (byte) 0xf0,
      (byte) 0x8f,
      (byte) 0x90,
      (byte) 0xf4,
      (byte) 0xf5,
      (byte) 0xff
    };
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(4)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = edges[random.nextInt(edges.length)];
      }
      assertThat(Utf8.lengthAt(bytes, 0, bytes.length))
          .as(Arrays.toString(bytes))
          .isEqualTo(expected(bytes));
    }
  }

  @Test
  void half_a_pair_is_three_bytes_that_no_reader_accepts_until_they_are_replaced() {
    for (String lone : new String[] {"\ud800", "\udbff", "\udc00", "\udfff"}) {
      byte[] bytes = Utf8.encode("a" + lone + "b");
      assertThat(bytes).hasSize(5);
      assertThat(isValid(bytes, 5)).isFalse();
      Utf8.replaceSurrogates(bytes);
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("a\ufffdb");
    }
    byte[] last = Utf8.encode("\ud7ff\ud800");
    Utf8.replaceSurrogates(last);
    assertThat(new String(last, StandardCharsets.UTF_8)).isEqualTo("\ud7ff\ufffd");
  }
}
