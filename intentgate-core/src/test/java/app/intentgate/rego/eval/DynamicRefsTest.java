package app.intentgate.rego.eval;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.Asked;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refs whose keys are known only when they are evaluated, across packages, rules and data. */
class DynamicRefsTest {
  private static final String DATA =
      "{'app': {'base': {'k': 1, 'l': [10, 20]}, 'num': {'1': 'one'}}, 'system': {'x': 1},"
          + " 'pairs': [['a', 1], ['b', 2]]}";

  private static Asked asked() {
    return Asked.of(
            RegoPolicy.builder()
                .module(
                    "a.rego",
                    """
                    package app.a

                    v := 1

                    set contains x if some x in ["p", "q"]

                    obj[k] := n if some k, n in {"x": 5, "y": 6}

                    deep[k][l] := k if {
                      some k in ["m", "n"]
                      some l in [1, 2]
                    }

                    pairs contains [x, y] if {
                      some x in [1, 2]
                      y := x * 10
                    }

                    choice := "here" if input.on

                    f(x) := x
                    """)
                .module("b.rego", "package app.b\n\nv := 2\n\nset contains \"r\"\n")
                .module("c.rego", "package app.b.inner\n\nv := 3\n"),
            DATA)
        .input("{'pkg': 'b', 'rule': 'v', 'key': 'x', 'on': true, 'i': 1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "data.app[input.pkg].v => 2",
        "data.app[input.pkg][input.rule] => 2",
        "data.app.a.obj[input.key] => 5",
        "data.app[\"a\"].obj[input.key] => 5",
        "data.app.a.deep.m[input.i] => \"m\"",
        "[p | data.app[p].v == 2] => [\"b\"]",
        "{[p, v] | v := data.app[p].v} => {[\"a\", 1], [\"b\", 2]}",
        "{[p, s] | data.app[p].set[s]} => {[\"a\", \"p\"], [\"a\", \"q\"], [\"b\", \"r\"]}",
        "{p | data.app[p].set.q} => {\"a\"}",
        "{[p, r] | data.app[p][r] == 1} => {[\"a\", \"v\"], [\"base\", \"k\"]}",
        "{[p, i] | data.app[p].l[i] == 20} => {[\"base\", 1]}",
        "{[p, k] | data.app[p].obj[k] == 6} => {[\"a\", \"y\"]}",
        "{[k, l] | data.app.a.deep[k][l] == \"n\"} => {[\"n\", 1], [\"n\", 2]}",
        "{k | data.app.a.deep[k][2]} => {\"m\", \"n\"}",
        "{l | data.app[_].deep.m[l]} => {1, 2}",
        "{y | data.app.a.pairs[[2, y]]} => {20}",
        "{x | data.app[_].pairs[[x, 10]]} => {1}",
        "{x | data.app.a.pairs[[x, y]]; y > 10} => {2}",
        "{p | data.app[p].inner.v} => {\"b\"}",
        "{q | data.app.b[q].v} => {\"inner\"}",
        "count([1 | data.app[_][_]]) => 12",
        "data.app.num[1] => \"one\"",
        "{k | data[k]} => {\"app\", \"pairs\"}",
        "data.system.x => 1",
        "[n | data.pairs[_] = [\"b\", n]] => [2]",
        "[k | [k, 1] = data.pairs[_]] => [\"a\"]",
        "{r | data.app.a[r]} => {\"choice\", \"deep\", \"obj\", \"pairs\", \"set\", \"v\"}",
      })
  void keys_are_found_in_rules_and_data(String query, String expected) {
    assertThat(asked().results("answer = " + query))
        .containsExactly("{\"answer\": " + expected + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "data.app[input.missing].v",
        "data.app[\"nowhere\"].v",
        "data.app.a.obj[input.pkg]",
        "data.app[input.pkg].obj.x",
        "data.app[input.i]",
        "data.app.a.set[input.key]",
        "data.app.a.deep[input.key][1]",
        "data.app.base.l[input.key]",
        "data.app[[1, 2]]",
        "data[input.pkg][input.rule]",
      })
  void what_is_not_there_is_undefined(String query) {
    assertThat(asked().results("x = " + query)).isEmpty();
  }

  @Test
  void replacements_are_seen_by_refs_with_variables() {
    Asked asked = asked();
    assertThat(asked.results("x = {[p, v] | v := data.app[p].v} with data.app.b as {\"v\": 7}"))
        .containsExactly("{\"x\": {[\"a\", 1], [\"b\", 7]}}");
    assertThat(asked.results("x = {p | data.app[p].v} with data.app as {\"only\": {\"v\": 1}}"))
        .containsExactly("{\"x\": {\"only\"}}");
    assertThat(asked.results("x = {k | data.app.a.obj[k]} with data.app.a.obj as {\"z\": 1}"))
        .containsExactly("{\"x\": {\"z\"}}");
    assertThat(asked.results("x = data.app[input.pkg].v with input.pkg as \"a\""))
        .containsExactly("{\"x\": 1}");
    assertThat(asked.results("x = data.app.a[r] with input.on as false; r == \"choice\""))
        .isEmpty();
  }

  @Test
  void a_replacement_that_does_not_fit_the_data_is_an_error() {
    Asked asked = Asked.of("r := x if x := data.n with data.n.deep as 1\n", "{'n': 5}");
    assertThat(asked.rule("r"))
        .isEqualTo("eval_with_merge_error: real and replacement data could not be merged");
    Asked fitting = Asked.of("r := x if x := data.n with data.n.deep as 1\n", "{'n': {'o': 2}}");
    assertThat(fitting.rule("r")).isEqualTo("{\"deep\": 1, \"o\": 2}");
  }

  @Test
  void a_search_ends_at_the_first_find_where_one_is_enough() {
    Asked asked =
        Asked.of(
            """
            any if data.many[_][_].hit

            first := 1 if data.many[_]
            """,
            "{'many': {'a': [{'hit': true}, {'hit': true}], 'b': [{'hit': true}]}}");
    assertThat(asked.rule("any")).isEqualTo("true");
    assertThat(asked.rule("first")).isEqualTo("1");
  }
}
