package app.intentgate.rego.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings that take members from others. */
class YamlMergeTest {
  private static final String BASE = "base: &b {x: 1, s: 2}\nother: &o {s: 3, z: 4}\n";

  private static void check(String text, String key, String json, YamlWords words) {
    assertThat(((JsonObject) YamlReader.parse(BASE + text, words)).get(key))
        .as(text)
        .isEqualTo(JsonReader.parse(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'m: {<<: *b}' | {\"x\":1,\"s\":2}",
        "'m: {<<: *b, w: 0}' | {\"x\":1,\"s\":2,\"w\":0}",
        "'m:\n  <<: *b\n  w: 0' | {\"x\":1,\"s\":2,\"w\":0}",
        "'m:\n  <<: {q: 5}' | {\"q\":5}",
        "'m:\n  <<: {}' | {}",
        "'m:\n  <<: []' | {}",
        "'m: {<<: []}' | {}",
      })
  void members_of_another_mapping_are_taken_over(String text, String json) {
    check(text, "m", json, YamlWords.V1_1);
    check(text, "m", json, YamlWords.CORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'m:\n  <<: [*b, *o]' | {\"x\":1,\"s\":2,\"z\":4}",
        "'m:\n  <<: [*o, *b]' | {\"x\":1,\"s\":3,\"z\":4}",
        "'m: {<<: [*o, *b]}' | {\"x\":1,\"s\":3,\"z\":4}",
        "'m:\n  <<:\n  - *o\n  - *b' | {\"x\":1,\"s\":3,\"z\":4}",
      })
  void of_several_mappings_the_first_counts(String text, String json) {
    check(text, "m", json, YamlWords.V1_1);
    check(text, "m", json, YamlWords.CORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'m:\n  s: 9\n  <<: *b' | {\"x\":1,\"s\":2}  | {\"x\":1,\"s\":9}",
        "'m:\n  <<: *b\n  s: 9' | {\"x\":1,\"s\":9}  | {\"x\":1,\"s\":9}",
        "'m: {s: 9, <<: *b}'    | {\"x\":1,\"s\":2}  | {\"x\":1,\"s\":9}",
        "'m: {<<: *b, s: 9}'    | {\"x\":1,\"s\":9}  | {\"x\":1,\"s\":9}",
        "'m: {<<: *b, <<: *o}'  | {\"x\":1,\"s\":3,\"z\":4} | {\"x\":1,\"s\":2,\"z\":4}",
      })
  void what_stands_later_counts_for_opa_and_what_is_said_itself_in_metadata(
      String text, String opa, String metadata) {
    check(text, "m", opa, YamlWords.V1_1);
    check(text, "m", metadata, YamlWords.CORE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m:\n  \"<<\": {x: 1}",
        "m:\n  '<<': {x: 1}",
        "m: {\"<<\": {x: 1}}",
        "m: {'<<' : {x: 1}}"
      })
  void in_quotes_it_is_a_name_like_any_other(String text) {
    check(text, "m", "{\"<<\":{\"x\":1}}", YamlWords.V1_1);
    check(text, "m", "{\"<<\":{\"x\":1}}", YamlWords.CORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<<x: 1", "<<<: 1", "'<< ': 1"})
  void a_name_that_only_starts_with_the_sign_does_not_merge(String text) {
    assertThat(((JsonObject) YamlReader.parse(text, YamlWords.V1_1)).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<<: 1",
        "<<:",
        "<<: text",
        "<<: [{a: 1}, 2]",
        "<<: [[{a: 1}]]",
        "{<<: 1}",
        "{<<}",
        "a: &a [1]\nb: {<<: *a}"
      })
  void only_mappings_are_merged(String text) {
    for (YamlWords words : YamlWords.values()) {
      assertThatThrownBy(() -> YamlReader.parse(text, words))
          .isInstanceOf(YamlException.class)
          .hasMessageContaining("map merge requires map or sequence of maps as the value");
    }
  }

  @ParameterizedTest
  @EnumSource(YamlWords.class)
  void what_was_merged_can_be_merged_again(YamlWords words) {
    String text = "a: &a {p: 1}\nb: &b {<<: *a, q: 2}\nc: {<<: *b, r: 3}";
    assertThat(((JsonObject) YamlReader.parse(text, words)).get("c"))
        .isEqualTo(JsonReader.parse("{\"p\":1,\"q\":2,\"r\":3}"));
  }

  @Test
  void a_mapping_cannot_merge_itself() {
    assertThatThrownBy(() -> YamlReader.parse("a: &a {<<: *a}", YamlWords.V1_1))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("unknown anchor 'a' referenced");
  }

  @Test
  void a_name_may_stand_for_another_value_later() {
    assertThat(YamlReader.parse("[&a 1, *a, &a 2, *a]", YamlWords.V1_1)).hasToString("[1,1,2,2]");
  }

  @Test
  void merging_the_same_mapping_very_often_is_bounded_like_any_alias() {
    StringBuilder text = new StringBuilder("base: &b {");
    for (int i = 0; i < 1_000; i++) {
      text.append('k').append(i).append(": 1, ");
    }
    text.append("}\n");
    for (int i = 0; i < 101; i++) {
      text.append('m').append(i).append(": {<<: *b}\n");
    }
    assertThatThrownBy(() -> YamlReader.parse(text.toString(), YamlWords.V1_1))
        .isInstanceOf(YamlException.class)
        .hasMessageContaining("excessive aliasing");
  }
}
