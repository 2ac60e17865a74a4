package app.intentgate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "é", "😀", "a😀b", "😀😀", "\uffff", "\ufffd"})
  void whole_characters_are(String text) {
    assertThat(WellFormed.isWellFormed(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void half_a_pair_is_not_wherever_it_stands(int which) {
    String high = "\ud83d";
    String low = "\ude00";
    String[] texts = {
      high, low, low + high, "a" + high, high + "a", high + high + low, high + low + low
    };

    assertThat(WellFormed.isWellFormed(texts[which])).isFalse();
  }

  @Test
  void it_says_what_the_encoder_of_the_jdk_says() {
    Random random = new Random(11);
    char[] pieces = {'a', '\u00e9', '\u4e2d', '\ud800', '\udbff', '\udc00', '\udfff', '\ue000'};
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      char[] text = new char[random.nextInt(6)];
      for (int j = 0; j < text.length; j++) {
        text[j] = pieces[random.nextInt(pieces.length)];
      }
      boolean expected = encodes(text);

      assertThat(WellFormed.isWellFormed(new String(text))).isEqualTo(expected);
      refused += expected ? 0 : 1;
    }
    assertThat(refused).isBetween(10_000, 45_000);
  }

  private static boolean encodes(char[] text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).hasArray();
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
