package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p if \"a\" == 1 | 3:6 match error",
        "p if { x := 1; x == \"a\" } | 3:16 match error",
        "p if [1, \"a\"] == [\"a\", 1] | 3:6 match error",
        "p := count(1) | 3:6 count: invalid argument(s)",
        "p := 1 + upper(\"a\") | 3:6 plus: invalid argument(s)",
        "p := x.b if x := {\"a\": 1} | 3:6 undefined ref: x.b",
        "p if { x := [1, 2]; x[5] } | 3:21 undefined ref: x[5]",
        "p if { x := 1; x.y } | 3:16 undefined ref: x.y",
        "p if true with count as startswith | 3:11 count: arity mismatch",
      })
  void whatCanNeverHoldIsRefused(String rule, String message) {
    assertThat(Sources.rules(rule).messages()).containsExactly(message);
  }

  @Test
  void bodiesOfComprehensionsAreCheckedAndTheirResultsKnown() {
    assertThat(Sources.rules("p := [x | x := concat(1, [])]").messages())
        .containsExactly("3:16 concat: invalid argument(s)");
    assertThat(Sources.rules("p := upper([x | x := 1])").messages())
        .containsExactly("3:6 upper: invalid argument(s)");
    assertThat(Sources.rules("p := sum([x | x := input.xs[_]])").messages()).isEmpty();
  }

  @Test
  void typesFollowRulesAndFunctions() {
    assertThat(Sources.rules("a := {\"b\": {\"c\": 1}}\np := a.b.d").messages())
        .containsExactly("4:6 undefined ref: data.test.a.b.d");
    assertThat(Sources.rules("f(x) := x + 1\np := f(\"a\")").messages())
        .containsExactly("4:6 data.test.f: invalid argument(s)");
    assertThat(Sources.rules("s contains 1\np if \"a\" in s\nq if s[\"a\"]").messages())
        .containsExactly("5:6 undefined ref: data.test.s.a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f(a) if { {a, 1} = z }",
        "f(a) if { z = {a | x := 1} }",
        "f(a) if { z := {a}; z == {\"s\"} }",
        "f(a) if { z := [a | x := 1]; count(z) > 0 }",
        "f(a) if { [{a: 1 | x := 1}] = z }",
        "f(a) if { {[a, 1]} = z }",
      })
  void aCollectionOfWhatIsNotKnownYetIsNoContradiction(String rule) {
    assertThat(Sources.rules(rule).messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "f(a) if { z := {a, 1}; z == {\"s\"} } @ 3:24 match error",
        "f(a) if { z := {a | x := 1}; z == 1 } @ 3:30 match error",
        "p if { x := {input.y}; x.z.w } @ 3:24 undefined ref: x.z.w",
      })
  void whatIsKnownOfACollectionCounts(String rule, String message) {
    assertThat(Sources.rules(rule).messages()).containsExactly(message);
  }

  @Test
  void aWrongRuleIsNotHeldAgainstThoseThatUseIt() {
    assertThat(Sources.rules("a := 1 + \"x\"\np := upper(a)\nq := a.b.c").messages())
        .containsExactly("3:6 plus: invalid argument(s)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p if input.x == 1\nq if input.x == \"1\"",
        "p if { some i, v in data.xs; i == 0; v == \"a\" }\n"
            + "q if { some i, _ in data.xs; i == \"a\" }",
        "p if { x := {\"a\": 1}; some k; x[k] == 1 }",
        "a := 1 if input.x\na := \"s\" if input.y\np if a == 1\nq if a == \"s\"",
        "f(1) := 1\nf(\"a\") := 2\np := f(input.x)\nq := f(\"b\")",
        "o[k] := v if some k, v in input.m\np := o.x.y.z",
        "o.a := 1\no.b := \"s\"\np := o[input.k]\nq := o.c",
        "p if { every x in [1, 2] { x == \"a\" } }",
        "p if { [x, y] := [1, \"a\"]; x == 1; y == \"a\" }",
        "p if { json.unmarshal(\"{}\").a.b == 1 }",
        "p if { walk({\"a\": 1}, [path, v]); path[0] == \"a\"; v == {} }",
      })
  void whatIsNotKnownPasses(String rules) {
    assertThat(Sources.rules(rules).messages()).isEmpty();
  }

  @Test
  void queriesAreCheckedAgainstWhatTheRulesGive() {
    Sources sources = Sources.rules("a := {\"b\": 1}");
    assertThat(sources.queryErrors("data.test.a.b == 1")).isEmpty();
    assertThat(sources.queryErrors("data.test.a.c == 1"))
        .extracting(e -> e.message())
        .containsExactly("undefined ref: data.test.a.c");
  }

  @Test
  void typesThatDoubleWithEveryRuleTakeNoTime() {
    String rules =
        "a0 := [1, \"x\"]\n"
            + IntStream.range(1, 60)
                .mapToObj(i -> "a" + i + " := [a" + (i - 1) + ", a" + (i - 1) + ", {1}]")
                .collect(Collectors.joining("\n"))
            + "\np if a59 == [a58, a58, {2}]\n"
            + "q := ["
            + "[".repeat(100)
            + "input.x, 1"
            + "]".repeat(100)
            + "]";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Sources.rules(rules).messages()).isEmpty());
  }
}
