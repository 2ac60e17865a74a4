package app.intentgate.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {
  private static final String QUOTE = "\"";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "7, \\a",
        "8, \\b",
        "9, \\t",
        "10, \\n",
        "11, \\v",
        "12, \\f",
        "13, \\r",
        "0, \\x00",
        "1, \\x01",
        "27, \\x1b",
        "31, \\x1f",
        "127, \\x7f",
        "34, \\\"",
        "92, \\\\",
        "39, '",
        "96, `",
        "233, é",
        "20013, 中",
        "128512, 😀",
        "128, \\u0080",
        "160, \\u00a0",
        "173, \\u00ad",
        "8203, \\u200b",
        "8232, \\u2028",
        "12288, \\u3000",
        "57344, \\ue000",
        "65535, \\uffff",
        "65279, \\ufeff",
        "917505, \\U000e0001",
        "1114111, \\U0010ffff",
      })
  void a_character_that_cannot_be_printed_is_escaped(int codePoint, String quoted) {
    assertThat(GoText.quote(Character.toString(codePoint))).isEqualTo(QUOTE + quoted + QUOTE);
  }

  @Test
  void half_a_pair_is_the_sign_for_what_is_no_character() {
    assertThat(GoText.quote("a\ud83d")).isEqualTo("\"a\\ufffd\"");
    assertThat(GoText.quote("\ude00b")).isEqualTo("\"\\ufffdb\"");
    assertThat(GoText.quote("\ude00\ud83d")).isEqualTo("\"\\ufffd\\ufffd\"");
  }

  @Test
  void blanks_other_than_the_usual_one_are_no_ink() {
    assertThat(GoText.isPrintable(' ')).isTrue();
    for (int blank : new int[] {0xa0, 0x2003, 0x202f, 0x3000, '\t', '\n', 0x85}) {
      assertThat(GoText.isPrintable(blank)).as("U+%04X", blank).isFalse();
    }
  }

  @Test
  void beyond_ascii_everything_is_escaped_where_that_is_wanted() {
    assertThat(GoText.quote("é😀\u007f a", '"', true)).isEqualTo("\"\\u00e9\\U0001f600\\x7f a\"");
  }

  @Test
  void only_the_quotes_around_it_are_escaped_within() {
    assertThat(GoText.quote("a'b\"c", '\'', false)).isEqualTo("'a\\'b\"c'");
    assertThat(GoText.quote("")).isEqualTo("\"\"");
  }

  @Test
  void no_quoted_text_breaks_a_line_or_a_terminal() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String quoted = GoText.quote(Character.toString(c));
      assertThat(quoted.chars().noneMatch(Character::isISOControl)).as("U+%04X", c).isTrue();
      assertThat(WellFormed.isWellFormed(quoted)).as("U+%04X", c).isTrue();
    }
  }
}
