package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must not matter: how local variables are called, and in which order rules stand. A policy is
 * a list of rules here, in which {@code ?a} and the like are names to choose.
 */
class RenamingTest {
  private static final JsonValue INPUT =
      JsonReader.parseRego(
          "{\"user\": \"ann\", \"xs\": [3, 1, 2], \"m\": {\"k\": {\"n\": 1}, \"l\": {\"n\": 2}}}");

  private static final List<List<String>> POLICIES =
      List.of(
          List.of(
              "allow if { some ?a in roles[input.user]; ?a == \"admin\" }",
              "roles := {\"ann\": [\"user\", \"admin\"]}",
              "default allow := false"),
          List.of(
              "sums contains ?a + ?b if { some ?a in input.xs; some ?b in input.xs; ?a < ?b }",
              "n := count(sums)"),
          List.of(
              "f(?a, ?b) := ?c if { ?c := ?a * ?b }",
              "r := [?c | some ?a, ?b in input.xs; ?c := f(?a, ?b)]"),
          List.of(
              "o[?a] := ?b if { some ?a, ?c in input.m; ?b := ?c.n }",
              "inverse[?a] := ?b if some ?b, ?a in o",
              "keys := [?a | some ?a, _ in o]"),
          List.of(
              "all_small if every ?a, ?b in input.xs { ?b < 4; ?a < 3 }",
              "none_big if { not any_big }",
              "any_big if { some ?a in input.xs; ?a > 3 }"),
          List.of(
              "g(?a) := ?b if { ?a > 2; ?b := \"big\" } else := ?b if { ?b := \"small\" }",
              "sizes := {?a: ?b | some ?a in input.xs; ?b := g(?a)}"),
          List.of(
              "nested := [[?a, ?b] | some ?a in input.xs; ?b := {?c | some ?c in input.xs; ?c >"
                  + " ?a}]",
              "closed := ?a if { ?b := 2; ?a := [?c | some ?c in input.xs; ?c >= ?b] }"),
          List.of(
              "h([?a, {\"k\": ?b}]) := {\"first\": ?a, \"second\": ?b}",
              "r := h([1, {\"k\": input.xs[0]}])",
              "t := $\"{?a}-{input.user}\" if ?a := h([0, {\"k\": 9}]).second"),
          List.of("w := ?a if { ?b := 5; ?a := v with input.xs as [?b] }", "v := input.xs[0]"),
          List.of(
              "u := [?a, ?b] if { [?a, {\"x\": ?b}] = [1, {\"x\": ?c}]; ?c = input.xs[1] }",
              "idx := {?a | input.xs[?a] > 1}",
              "walked := {?b | walk(input.m, [?a, ?b]); is_number(?b); count(?a) == 2}"));

  static Stream<Arguments> cases() {
    List<Arguments> all = new ArrayList<>();
    for (int policy = 0; policy < POLICIES.size(); policy++) {
      for (int seed = 0; seed < 6; seed++) {
        all.add(Arguments.of(policy, seed));
      }
    }
    return all.stream();
  }

  /** Names that mean something elsewhere, and may be names of variables all the same. */
  private static final List<String> NAMES =
      List.of("x", "y", "z", "_x", "long_name_1", "startswith", "time", "json", "test", "rego");

  private static String named(List<String> rules, Random random) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    StringBuilder out = new StringBuilder("package test\n\n");
    for (String rule : rules) {
      Matcher m = Pattern.compile("\\?([a-c])").matcher(rule);
      out.append(m.replaceAll(found -> names.get(found.group(1).charAt(0) - 'a'))).append('\n');
    }
    return out.toString();
  }

  private static JsonValue answer(String module, boolean strict) {
    RegoPolicy policy = RegoPolicy.builder().module("m.rego", module).strict(strict).compile();
    JsonValue value = policy.prepare("data.test").value(INPUT, EvalOptions.ofDefaults());
    return java.util.Objects.requireNonNull(value);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void names_of_variables_and_the_order_of_rules_change_no_answer(int policy, int seed) {
    List<String> rules = new ArrayList<>(POLICIES.get(policy));
    String plain = String.join("\n", rules).replaceAll("\\?([a-c])", "v$1");
    JsonValue expected = answer("package test\n\n" + plain, false);
    assertThat(expected.toString()).as("something is defined").isNotEqualTo("{}");
    Random random = new Random(seed);
    Collections.shuffle(rules, random);
    String renamed = named(rules, random);
    assertThat(answer(renamed, seed % 2 == 0)).as(renamed).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_mistake_is_told_the_same_however_often_it_is_compiled(int policy, int seed) {
    Random random = new Random(seed);
    String module = named(POLICIES.get(policy), random);
    int at = module.indexOf('\n', random.nextInt(module.length() - 1)) - random.nextInt(3);
    StringBuilder broken = new StringBuilder(module);
    broken.deleteCharAt(Math.max(0, at));
    broken.append("mistake := nothing_of_this_name\n");
    List<String> first = errors(broken.toString());
    assertThat(first).isNotEmpty();
    assertThat(errors(broken.toString())).isEqualTo(first);
  }

  private static List<String> errors(String module) {
    try {
      RegoPolicy.builder().module("m.rego", module).compile();
      return List.of();
    } catch (RegoCompileException e) {
      return e.errors().stream().map(RegoError::text).toList();
    }
  }
}
