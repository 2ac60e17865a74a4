package app.intentgate.rego.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scalars mean: words, numbers, escapes and the lines of quoted texts. */
class YamlScalarsTest {
  private static String json(String yaml) {
    return YamlReader.parse(yaml, YamlWords.V1_1).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "+1, 1",
    "007, 7",
    "-017, -15",
    "08, 8",
    "0o17, 15",
    "0O17, 15",
    "0x1f, 31",
    "0X1F, 31",
    "-0x1f, -31",
    "+0b101, 5",
    "0B101, 5",
    "1__0, 10",
    "0x_f, 15",
    "1., 1",
    ".5, 0.5",
    "+.5, 0.5",
    "-.5e1, -5",
    "1e3, 1000",
    "1E+3, 1000",
    "1e-7, 1e-7",
    "1e21, 1e+21",
    "1.50, 1.5",
    "9223372036854775807, 9223372036854775807",
    "18446744073709551615, 18446744073709551615",
    "18446744073709551616, 18446744073709552000",
    "-9223372036854775808, -9223372036854775808",
    "-9223372036854775809, -9223372036854776000",
    "0xffffffffffffffff, 18446744073709551615"
  })
  void these_are_numbers_written_as_go_writes_them(String yaml, String number) {
    assertThat(json(yaml)).isEqualTo(number);
    assertThat(json("[" + yaml + "]")).isEqualTo("[" + number + "]");
    assertThat(json("k: " + yaml)).isEqualTo("{\"k\":" + number + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_1",
        "1e",
        "e1",
        "0x",
        "0xg",
        "0b2",
        "0o8",
        "1e400",
        "-1e400",
        "1:30",
        "1.2.3",
        "2001-01-01",
        "2001-01-01T00:00:00Z",
        "+-1",
        "--1",
        "1 2",
        "0x1ffffffffffffffff",
        "-0xffffffffffffffff",
        "\u0661\u0662",
        "Yess",
        "tRue",
        "nULL",
        "<<"
      })
  void these_are_texts(String yaml) {
    assertThat(json("[" + yaml + "]")).isEqualTo("[" + JsonString.of(yaml) + "]");
  }

  @ParameterizedTest
  @ValueSource(strings = {".nan", ".NaN", ".NAN", ".inf", "+.Inf", "-.INF"})
  void a_number_that_json_cannot_write_is_refused_and_in_quotes_a_text(String word) {
    assertThatThrownBy(() -> json("a: 1\nb: " + word))
        .isInstanceOf(YamlException.class)
        .hasMessage("yaml: line 2: unsupported value: " + word);
    assertThat(json("'" + word + "'")).isEqualTo("\"" + word + "\"");
    assertThat(json(word + ": 1")).isEqualTo("{\"" + word + "\":1}");
    assertThat(YamlReader.parse(word, YamlWords.CORE)).isEqualTo(JsonString.of(word));
  }

  @Test
  void a_number_of_very_many_digits_is_a_text() {
    String digits = "1".repeat(401);
    assertThat(json(digits)).isEqualTo("\"" + digits + "\"");
    assertThat(json("1" + "0".repeat(300))).isEqualTo("1e+300");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"\\x41\\u00e9\\U0001F600\" | A\u00e9\ud83d\ude00",
        "\"\\_\\N\\L\\P\" | \u00a0\u0085\u2028\u2029",
        "\"\\/\\\\\\\" \\'\" | /\\\" '",
        "'it''s' | it's",
        "'\\n' | \\n",
        "\"#: - {\" | #: - {"
      })
  void escapes_stand_for_characters(String yaml, String text) {
    assertThat(YamlReader.parse(yaml, YamlWords.V1_1)).isEqualTo(JsonString.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\x4\"",
        "\"\\xg0\"",
        "\"\\u004\"",
        "\"\\u00\u0664\u0661\"",
        "\"\\u\uff10\uff10\uff14\uff11\"",
        "\"\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ud83dx\"",
        "\"\\ud83d\\ude00\"",
        "\"\\U0000d83d\"",
        "\"\\U00110000\"",
        "\"\\Uffffffff\"",
        "\"\\z\"",
        "\"\\"
      })
  void escapes_that_stand_for_nothing_are_refused(String yaml) {
    assertThatThrownBy(() -> json(yaml)).isInstanceOf(YamlException.class);
  }

  @Test
  void characters_that_cannot_be_seen_are_escaped_by_letters() {
    assertThat(json("\"\\0\\a\\b\\e\\v\\f\\r\""))
        .isEqualTo("\"\\u0000\\u0007\\b\\u001b\\u000b\\f\\r\"");
  }

  @Test
  void line_breaks_in_quotes_are_spaces_and_empty_lines_are_line_breaks() {
    assertThat(json("\"a  \n  b\n\n  c\"")).isEqualTo("\"a b\\nc\"");
    assertThat(json("'a\t\n\t b'")).isEqualTo("\"a b\"");
    assertThat(json("\"a\\\n   b\"")).isEqualTo("\"ab\"");
  }

  @Test
  void an_escaped_blank_before_a_line_break_is_kept() {
    assertThat(json("\"a\\t\n  b\"")).isEqualTo("\"a\\t b\"");
    assertThat(json("\"a\\x20\\x20\n  b\"")).isEqualTo("\"a   b\"");
    assertThat(json("\"a\\t  \n  b\"")).isEqualTo("\"a\\t b\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: b #c' | {\"a\":\"b\"}",
        "'a: b#c' | {\"a\":\"b#c\"}",
        "'a: -b' | {\"a\":\"-b\"}",
        "'a: ?b' | {\"a\":\"?b\"}",
        "'a: :b' | {\"a\":\":b\"}",
        "'a:b' | \"a:b\"",
        "'- a:b' | [\"a:b\"]",
        "'[a:b, c]' | [\"a:b\",\"c\"]",
        "'{a: b, c}' | {\"a\":\"b\",\"c\":null}",
        "'{a:, b: }' | {\"a\":null,\"b\":null}",
        "'[a: 1, b]' | [{\"a\":1},\"b\"]",
        "'{\"a\":1,\"b\":[2]}' | {\"a\":1,\"b\":[2]}",
        "'[1, 2, ]' | [1,2]",
        "'a: b\n---\nc: d' | {\"a\":\"b\"}",
        "'yes: no' | {\"true\":false}",
        "'1.0: a' | {\"1\":\"a\"}",
        "'a: 1\na: 2' | {\"a\":2}"
      })
  void signs_mean_something_only_where_they_can(String yaml, String expected) {
    assertThat(YamlReader.parse(yaml, YamlWords.V1_1)).isEqualTo(JsonReader.parse(expected));
  }

  @Test
  void a_name_that_comes_twice_is_refused_in_metadata_only() {
    assertThatThrownBy(() -> YamlReader.parse("a: 1\nb: 2\na: 3", YamlWords.CORE))
        .hasMessage("yaml: line 3: mapping key \"a\" already defined");
  }
}
