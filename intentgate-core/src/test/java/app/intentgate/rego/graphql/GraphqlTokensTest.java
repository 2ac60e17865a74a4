package app.intentgate.rego.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, texts and what lies between tokens, by what an argument becomes. */
class GraphqlTokensTest {
  private static JsonValue member(JsonValue value, String name) {
    JsonValue member =
        value instanceof JsonArray array
            ? ((JsonObject) array.get(0)).get(name)
            : ((JsonObject) value).get(name);
    return Objects.requireNonNull(member, name);
  }

  private static JsonValue argument(String written) {
    JsonValue at = GraphqlQuery.parse("{f(a:" + written + ")}", steps -> {});
    for (String name : new String[] {"Operations", "SelectionSet", "Arguments"}) {
      at = member(at, name);
    }
    return member(at, "Value");
  }

  private static String raw(String written) {
    return String.valueOf(member(argument(written), "Raw").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-0, 1",
    "10, 1",
    "-123456789012345678901234567890, 1",
    "0.0, 2",
    "-1.50, 2",
    "1e5, 2",
    "1E+5, 2",
    "1.5e-10, 2",
    "true, 5",
    "false, 5",
    "null, 6",
    "TRUE, 7",
    "enum_1, 7"
  })
  void values_keep_their_text_and_have_their_kind(String written, int kind) {
    assertThat(raw(written)).isEqualTo(written);
    assertThat(member(argument(written), "Kind")).hasToString(Integer.toString(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00 | Invalid number, unexpected digit after 0: \"0\".",
        "01 | Invalid number, unexpected digit after 0: \"1\".",
        "-a | Invalid number, expected digit but got: \"a\".",
        "1. | Invalid number, expected digit but got: \")\".",
        "1.a | Invalid number, expected digit but got: \"a\".",
        "1e | Invalid number, expected digit but got: \")\".",
        "1e+ | Invalid number, expected digit but got: \")\".",
        ".5 | Cannot parse the unexpected character \".\".",
        "+1 | Cannot parse the unexpected character \"+\".",
        "\u0661 | Cannot parse the unexpected character \"\u0661\".",
        "\u00e9 | Cannot parse the unexpected character \"\u00e9\".",
        "? | Cannot parse the unexpected character \"?\"."
      })
  void numbers_that_are_none_are_refused(String written, String message) {
    assertThatThrownBy(() -> argument(written))
        .isInstanceOf(GraphqlException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"\" | ``",
        "\"a b\" | `a b`",
        "\"\\\"\\\\\\/\" | `\"\\/`",
        "\"\\u0041\\u00e9\" | A\u00e9",
        "\"\\ud83d\\ude00\" | \ud83d\ude00",
        "\"#, {\" | `#, {`",
        "\"\u00e9\ud83d\ude00\" | \u00e9\ud83d\ude00"
      })
  void escapes_in_texts_stand_for_characters(String written, String text) {
    assertThat(raw(written)).isEqualTo(text);
    assertThat(member(argument(written), "Kind")).hasToString("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\x\"",
        "\"\\u004\"",
        "\"\\u00g1\"",
        "\"\\u00\u0664\u0661\"",
        "\"\\u\uff10\uff10\uff14\uff11\"",
        "\"\\",
        "\"a\nb\"",
        "\"a\rb\"",
        "\"\u0000\"",
        "\"\u001f\"",
        "\"a",
        "\"\"\"a",
        "\"\"\"a\"\"",
        "'a'"
      })
  void texts_that_are_none_are_refused(String written) {
    assertThatThrownBy(() -> argument(written))
        .isInstanceOf(GraphqlException.class)
        .hasMessageContaining("in GraphQL string at location 1:");
  }

  @Test
  void a_block_loses_what_all_its_lines_are_indented_by() {
    assertThat(raw("\"\"\"a\"\"\"")).isEqualTo("a");
    assertThat(raw("\"\"\"\n  a\n    b\n\n  c\n\"\"\"")).isEqualTo("a\n  b\n\nc");
    assertThat(raw("\"\"\"  a\n   b\n  c\"\"\"")).isEqualTo("  a\n b\nc");
    assertThat(raw("\"\"\"\r\n  a\r  b\"\"\"")).isEqualTo("a\nb");
    assertThat(raw("\"\"\"\n\n\n\"\"\"")).isEmpty();
    assertThat(raw("\"\"\"\\n \\\"\"\" \"\"\"")).isEqualTo("\\n \"\"\" ");
    assertThat(member(argument("\"\"\"a\"\"\""), "Kind")).hasToString("4");
  }

  /** Blanks, commas and notes may stand between any two tokens. */
  @Test
  void what_lies_between_tokens_means_nothing() {
    Random random = new Random(141);
    String[] tokens = {
      "query", "q", "(", "$a", ":", "[", "Int", "!", "]", "=", "1", ")", "@", "d", "{", "x", ":",
      "f", "(", "a", ":", "$a", "b", ":", "{", "c", ":", "[", "\"t\"", "]", "}", ")", "...", "on",
      "T", "{", "g", "}", "...", "F", "}"
    };
    String[] blanks = {" ", ",", "\t", "\n", "\r\n", "\ufeff", "# note\n", " , ", "#\"{\r"};
    JsonObject plain = GraphqlQuery.parse(String.join(" ", tokens), steps -> {});
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (String token : tokens) {
        text.append(token);
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
          text.append(blanks[random.nextInt(blanks.length)]);
        }
      }
      assertThat(GraphqlQuery.parse(text.toString(), steps -> {})).isEqualTo(plain);
    }
  }

  @Test
  void an_empty_document_has_nothing_in_it() {
    assertThat(GraphqlQuery.parse("", steps -> {})).isEqualTo(JsonObject.EMPTY);
    assertThat(GraphqlQuery.parse("# only a note", steps -> {})).isEqualTo(JsonObject.EMPTY);
  }

  @Test
  void depth_is_allowed_to_a_limit_and_no_further() {
    assertThat(GraphqlQuery.parse("{a".repeat(100) + "}".repeat(100), steps -> {}).isEmpty())
        .isFalse();
    assertThatThrownBy(() -> GraphqlQuery.parse("{a".repeat(201) + "}".repeat(201), steps -> {}))
        .isInstanceOf(GraphqlException.class)
        .hasMessageContaining("nested too deeply");
  }
}
