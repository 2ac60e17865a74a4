package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.Asked;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query with or without variables answers. */
class QueryResultsTest {
  private static final Asked ASKED =
      Asked.of(
              """
              tags := {"a", "b"}

              ranks[k] := v if some k, v in {"x": 1, "y": 2}

              no := false

              nil := null

              undef if input.missing

              torn := 1

              torn := 2 if input.t

              two(x) := x * 2
              """)
          .input("{'t': true, 'list': [3, 1, 3]}");

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "data.p.tags[x] => {\"x\": \"a\"} {\"x\": \"b\"}",
        "data.p.ranks[k] = v => {\"k\": \"x\", \"v\": 1} {\"k\": \"y\", \"v\": 2}",
        "data.p.ranks[k] = 2 => {\"k\": \"y\"}",
        "x = data.p.tags => {\"x\": {\"a\", \"b\"}}",
        "x := 1; y := x + 1 => {\"x\": 1, \"y\": 2}",
        "[x, y] = [1, 2] => {\"x\": 1, \"y\": 2}",
        "{\"k\": x} = {\"k\": 5} => {\"x\": 5}",
        "x = [1, 2][_]; y = [3, 4][_]; x + y == 5 => {\"x\": 1, \"y\": 4} {\"x\": 2, \"y\": 3}",
        "x = input.list[i] => {\"i\": 0, \"x\": 3} {\"i\": 1, \"x\": 1} {\"i\": 2, \"x\": 3}",
        "x = data.p.two(4) => {\"x\": 8}",
        "walk({\"a\": 1}, [p, v]) => {\"p\": [\"a\"], \"v\": 1} {\"p\": [], \"v\": {\"a\": 1}}",
        "x = data.p.no => {\"x\": false}",
        "x = data.p.nil => {\"x\": null}",
        "_ = 1 => {}",
        "1 < 2 => {}",
        "data.p.nil => {}",
        "data.p.tags.a => {}",
        "not data.p.no => {}",
        "every x in [1, 2] { x > 0 } => {}",
        "count(data.p.tags) == 2 => {}",
        "data.p.torn = x => conflict: complete rules must not produce multiple outputs",
      })
  void solutions_have_the_values_of_the_variables(String query, String expected) {
    assertThat(ASKED.sorted(query)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "false",
        "data.p.no",
        "data.p.undef",
        "x = data.p.undef",
        "data.p.tags.c",
        "data.p.nowhere[x]",
        "x = 1; x == 2",
        "[x, x] = [1, 2]",
        "1 > 2",
        "not data.p.tags",
        "x := input.missing",
        "every x in [1, 2] { x > 1 }",
      })
  void what_does_not_hold_has_no_solution(String query) {
    assertThat(ASKED.results(query)).isEmpty();
  }

  @Test
  void only_a_single_term_without_variables_has_a_value() {
    RegoPolicy policy = RegoPolicy.builder().module("p.rego", "package p\n\nx := 1\n").compile();
    assertThat(policy.prepare("data.p.x").isSingle()).isTrue();
    assertThat(policy.prepare("input.x.y").isSingle()).isTrue();
    for (String query : new String[] {"data.p[x]", "data.p.x; data.p.x", "x := data.p.x"}) {
      PreparedQuery prepared = policy.prepare(query);
      assertThat(prepared.isSingle()).as(query).isFalse();
      assertThatThrownBy(() -> prepared.value(null, EvalOptions.ofDefaults()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_single_term_may_be_false_and_still_has_a_value() {
    assertThat(ASKED.query("data.p.no")).isEqualTo("false");
    assertThat(ASKED.query("data.p.undef")).isEqualTo("undefined");
  }

  @Test
  void one_query_serves_many_inputs_and_keeps_nothing_of_them() {
    PreparedQuery query =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\nseen contains x if some x in input.xs\n")
            .compile()
            .prepare("data.p.seen[x]");
    for (int i = 0; i < 50; i++) {
      assertThat(query.results(Asked.json("{'xs': [" + i + "]}"), EvalOptions.ofDefaults()))
          .containsExactly((app.intentgate.json.JsonObject) Asked.json("{'x': " + i + "}"));
    }
    assertThat(query.results(null, EvalOptions.ofDefaults())).isEmpty();
  }
}
