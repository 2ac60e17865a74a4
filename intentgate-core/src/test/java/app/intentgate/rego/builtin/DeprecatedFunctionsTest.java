package app.intentgate.rego.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.Asked;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that Rego had before version 1, and what is said of them now. */
class DeprecatedFunctionsTest {
  private static Asked v0(String rules) {
    RegoPolicy.Builder module =
        RegoPolicy.builder().v0Compatible(true).module("p.rego", "package p\n\n" + rules);
    return Asked.of(module, "{}").input("{'a': [1], 'n': 1, 's': 'x', 'nil': null, 't': true}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "all([true, true]) => true",
        "all([true, false]) => false",
        "all([]) => true",
        "all({true}) => true",
        "all([1]) => false",
        "any([false, true]) => true",
        "any([false]) => false",
        "any(set()) => false",
        "set_diff({1, 2}, {2}) => {1}",
        "re_match(\"^a\", \"abc\") => true",
        "re_match(\"^b\", \"abc\") => false",
        "net.cidr_overlap(\"10.0.0.0/8\", \"10.1.1.1\") => true",
        "cast_array({2, 1}) => [1, 2]",
        "cast_array(input.a) => [1]",
        "cast_set([1, 1]) => {1}",
        "cast_string(input.s) => \"x\"",
        "cast_boolean(input.t) => true",
        "cast_null(input.nil) => null",
        "cast_object({\"a\": 1}) => {\"a\": 1}",
        "cast_string(input.n) => undefined",
        "cast_null(input.n) => undefined",
      })
  void they_work_in_version_0(String expression, String expected) {
    assertThat(v0("r = " + expression + "\n").rule("r")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"'all([true])', all", "'any([true])', any", "'re_match(\"a\", \"a\")', re_match"})
  void version_1_refuses_them(String expression, String name) {
    assertThatThrownBy(() -> Asked.of("r := " + expression + "\n"))
        .isInstanceOf(RegoCompileException.class)
        .hasMessageContaining("deprecated built-in function calls in expression: " + name);
  }

  @Test
  void rules_of_version_0_need_no_if_and_no_contains() {
    Asked asked = v0("allow { input.n == 1 }\n\ndeny[x] { x := input.s }\n\nf(x) = y { y := x }\n");
    assertThat(asked.rule("allow")).isEqualTo("true");
    assertThat(asked.rule("deny")).isEqualTo("{\"x\"}");
    assertThat(asked.results("data.p.f(3) = x")).containsExactly("{\"x\": 3}");
  }
}
