package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.Asked;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents below {@code data}: those that are given, those that rules make, and both in one. */
class BaseAndVirtualTest {
  private static final String DATA =
      "{'app': {'static': 1, 'roles': {'given': ['g'], 'made': 'stored'}, 'limits': {'a': 1}},"
          + " 'other': {'x': [1, 2]}}";

  private static Asked asked() {
    return Asked.of(
        RegoPolicy.builder()
            .module(
                "roles.rego",
                """
                package app.roles

                made contains "m"

                also := data.app.static + 1

                conditional if input.on

                f(x) := x
                """)
            .module("limits.rego", "package app.limits.deep\n\nb := 2\n")
            .module("empty.rego", "package app.nothing\n\nx if input.on\n"),
        DATA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "data.app.static => 1",
        "data.app.roles.given => [\"g\"]",
        "data.app.roles.made => {\"m\"}",
        "data.app.roles.also => 2",
        "data.app.roles => {\"also\": 2, \"given\": [\"g\"], \"made\": \"stored\"}",
        "data.app.limits => {\"a\": 1, \"deep\": {\"b\": 2}}",
        "data.app.limits.deep.b => 2",
        "data.app.nothing => {}",
        "data.other.x[1] => 2",
        "data.other => {\"x\": [1, 2]}",
        "count(data.app) => 4",
        "{k | data.app[k]} => {\"limits\", \"nothing\", \"roles\", \"static\"}",
        "{k | data.app.roles[k]} => {\"also\", \"given\", \"made\"}",
        "[[k, l] | data.app[k][l] = 2] => [[\"roles\", \"also\"]]",
        "[k | data.app[k].deep.b == 2] => [\"limits\"]",
        "[x | walk(data.app.limits, [[\"deep\", \"b\"], x])] => [2]",
        "object.keys(data) => {\"app\", \"other\"}",
      })
  void documents_of_both_kinds_are_merged(String query, String expected) {
    assertThat(asked().results("answer = " + query))
        .containsExactly("{\"answer\": " + expected + "}");
  }

  @Test
  void where_a_rule_and_data_are_at_one_path_the_path_means_the_rule_and_the_document_shows_data() {
    assertThat(asked().query("data.app.roles.made")).isEqualTo("{\"m\"}");
    assertThat(asked().results("x = data.app.roles; y = x.made"))
        .singleElement()
        .asString()
        .endsWith("\"y\": \"stored\"}");
  }

  @Test
  void what_is_not_there_is_undefined() {
    for (String path :
        new String[] {"roles.conditional", "nothing.x", "limits.deep.a", "static.x"}) {
      assertThat(asked().query("data.app." + path)).as(path).isEqualTo("undefined");
    }
  }

  @Test
  void a_rule_that_is_undefined_does_not_let_the_given_document_through() {
    Asked asked = Asked.of("allow if input.on\n", "{'p': {'allow': true, 'other': 1}}");
    assertThat(asked.input("{}").rule("allow")).isEqualTo("undefined");
    assertThat(asked.input("{'on': true}").rule("allow")).isEqualTo("true");
    assertThat(asked.rule("other")).isEqualTo("1");
  }

  @Test
  void a_whole_document_is_evaluated_under_with() {
    Asked asked = asked();
    assertThat(asked.results("x = data.app.nothing with input.on as true"))
        .containsExactly("{\"x\": {\"x\": true}}");
    assertThat(asked.results("x = data.app.roles with data.app.static as 6 with input.on as 1"))
        .containsExactly(
            "{\"x\": {\"also\": 7, \"conditional\": true, \"given\": [\"g\"], \"made\":"
                + " \"stored\"}}");
    assertThat(asked.results("x = data.app.roles with data.app.roles as {\"new\": 1}"))
        .containsExactly("{\"x\": {\"new\": 1}}");
  }

  @Test
  void rules_of_one_package_may_stand_in_several_files() {
    Asked asked =
        Asked.of(
            RegoPolicy.builder()
                .module("a.rego", "package p\n\ns contains 1\n\nr := helper + 1\n")
                .module("b.rego", "package p\n\ns contains 2\n\nhelper := 41\n")
                .module(
                    "c.rego",
                    "package q\n\nimport data.p\nimport data.p.helper as h\n\n"
                        + "r := p.r + h\n\nt := input.p\n"),
            "{}");
    assertThat(asked.rule("s")).isEqualTo("{1, 2}");
    assertThat(asked.rule("r")).isEqualTo("42");
    assertThat(asked.query("data.q.r")).isEqualTo("83");
    assertThat(asked.input("{'p': 'from the input'}").query("data.q.t"))
        .isEqualTo("\"from the input\"");
  }

  @Test
  void data_may_hold_any_json_and_is_read_as_written() {
    Asked asked = Asked.of("x := data.n\n", "{'n': [1.10, 1e3, 12345678901234567890, -0, '😀']}");
    assertThat(asked.rule("x")).isEqualTo("[1.10, 1e3, 12345678901234567890, -0, \"😀\"]");
    assertThat(asked.results("x = data.n[2] + 1")).containsExactly("{\"x\": 12345678901234567891}");
  }
}
