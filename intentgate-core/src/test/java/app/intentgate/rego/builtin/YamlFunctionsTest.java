package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.num;
import static app.intentgate.rego.builtin.Calls.text;
import static app.intentgate.rego.builtin.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code yaml.marshal}, {@code yaml.unmarshal} and {@code yaml.is_valid} against each other. */
class YamlFunctionsTest {
  private static final String[] PIECES = {
    "a",
    " ",
    "\n",
    ":",
    "#",
    "-",
    "\t",
    "\"",
    "'",
    "|",
    ">",
    "\r",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\u00e9",
    "\ud83d\ude00",
    "[",
    "{",
    ",",
    "&",
    "*",
    "!",
    "%",
    "@",
    "`",
    "?",
    "0",
    "1",
    ".",
    "_",
    "yes",
    "null",
    "~",
    "x: z",
    "---",
    "...",
    "\\",
    "\u0000",
    "<<",
    "  ",
    "0X1F",
    ".inf"
  };

  private static String written(JsonValue value) throws Exception {
    return Objects.requireNonNull(Objects.requireNonNull(call("yaml.marshal", value)).asText());
  }

  private static String anyText(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most); n >= 0; n--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** Texts of more than 80 characters are folded, which must not change them. */
  @Test
  void any_text_comes_back_wherever_it_stands() throws Exception {
    Random random = new Random(51);
    for (int i = 0; i < 20_000; i++) {
      String text = anyText(random, i % 20 == 0 ? 120 : 7);
      JsonValue value =
          value(
              switch (random.nextInt(5)) {
                case 0 -> text;
                case 1 -> List.of(text, 1);
                case 2 -> Map.of(text, 1);
                case 3 -> List.of(List.of(text), Map.of("k", List.of(text)));
                default -> Map.of("k", Map.of("l", text), "m", List.of(text));
              });
      String yaml = written(value);
      assertThat(call("yaml.unmarshal", yaml)).as(yaml).isEqualTo(value);
      assertThat(text("yaml.is_valid", yaml)).isEqualTo("true");
    }
  }

  @Test
  void a_key_that_would_merge_is_written_so_that_it_does_not() throws Exception {
    JsonValue value = value(Map.of("<<", Map.of("a", 1), "b", 2));
    assertThat(written(value)).isEqualTo("\"<<\":\n  a: 1\nb: 2\n");
    assertThat(call("yaml.unmarshal", written(value))).isEqualTo(value);
  }

  /** The order of names goes in circles once digits of other scripts are among them. */
  @Test
  void any_number_of_any_names_is_written() throws Exception {
    Random random = new Random(52);
    String letters = "aB01_.2\u0661";
    for (int i = 0; i < 100; i++) {
      JsonObject.Builder members = JsonObject.builder();
      for (int m = 0; m < 300; m++) {
        StringBuilder name = new StringBuilder();
        for (int n = random.nextInt(5); n >= 0; n--) {
          name.append(letters.charAt(random.nextInt(letters.length())));
        }
        members.put(name.toString(), m);
      }
      JsonObject object = members.build();
      assertThat(call("yaml.unmarshal", written(object))).isEqualTo(object);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a2 a10, a2 a10",
    "a10 a2 a1, a1 a2 a10",
    "b a B A, A B a b",
    "a 1 _, _ 1 a",
    "a1b a1, a1 a1b",
    "x01 x001 x1, x1 x01 x001",
    "k9 k k10 k09, k k9 k09 k10"
  })
  void names_are_sorted_with_their_numbers_by_size(String names, String sorted) throws Exception {
    JsonObject.Builder members = JsonObject.builder();
    for (String name : names.split(" ")) {
      members.put(name, JsonValue.ofNull());
    }
    String yaml = written(members.build()).replace(": null\n", " ").replace("\"", "").strip();
    assertThat(yaml).isEqualTo(sorted);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.50, 1.5",
    "1e2, 100",
    "-0, 0",
    "1e21, 1e+21",
    "0.0000001, 1e-07",
    "123456789012345678901234567890, 1.2345678901234568e+29",
    "18446744073709551615, 18446744073709551615",
    "18446744073709551616, 1.8446744073709552e+19",
    "-9223372036854775808, -9223372036854775808",
    "-9223372036854775809, -9.223372036854776e+18",
    "1e400, .inf",
    "-1e400, -.inf"
  })
  void numbers_are_written_as_go_writes_them(String number, String yaml) throws Exception {
    assertThat(written(num(number))).isEqualTo(yaml + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "a: *b", "a: !!int 1", "\t", "{\"a\": .inf}", "a: b: c", "\"\\z\""})
  void what_cannot_be_read_is_not_valid_and_an_error(String yaml) throws Exception {
    assertThat(text("yaml.is_valid", yaml)).isEqualTo("false");
    assertThat(error("yaml.unmarshal", yaml)).startsWith("yaml: line 1: ");
  }

  @Test
  void only_texts_are_yaml() throws Exception {
    assertThat(text("yaml.is_valid", 1)).isEqualTo("false");
    assertThat(text("yaml.is_valid", List.of("a: 1"))).isEqualTo("false");
    assertThat(error("yaml.unmarshal", 1)).isEqualTo("operand 1 must be string but got number");
  }

  @Test
  void sets_and_keys_that_are_no_texts_are_written_as_json_has_them() throws Exception {
    assertThat(written(Calls.set(2, 1))).isEqualTo("- 1\n- 2\n");
    assertThat(written(value(Map.of(List.of(1), "a")))).isEqualTo("'[1]': a\n");
    assertThat(written(value(Map.of("a", List.of(), "b", Map.of())))).isEqualTo("a: []\nb: {}\n");
  }

  @Test
  void deep_and_long_texts_are_paid_for() {
    assertThatThrownBy(() -> Calls.within(1_000, "yaml.unmarshal", "a".repeat(2_000)))
        .isInstanceOf(Calls.OverBudget.class);
    assertThatThrownBy(() -> Calls.within(1_000, "yaml.marshal", "a ".repeat(2_000)))
        .isInstanceOf(Calls.OverBudget.class);
    JsonValue deep = JsonString.of("x");
    for (int i = 0; i < 300; i++) {
      deep = value(List.of(deep));
    }
    JsonValue tooDeep = deep;
    assertThatThrownBy(() -> call("yaml.unmarshal", written(tooDeep)))
        .hasMessageContaining("exceeded max depth");
  }
}
