package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.EvalLimits;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions that an embedder adds: their values, errors, costs and how often they are called. */
class EmbedderFunctionsTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final BuiltinRegistry registry =
      RegoPolicy.standardBuiltins().toBuilder()
          .add("acme.next(number): number", (c, a) -> JsonNumber.of(number(a[0]) + 1))
          .add("acme.none(any): any", (c, a) -> null)
          .add(
              "acme.fails(any): any",
              (c, a) -> {
                throw BuiltinException.of("no connection");
              })
          .add(
              "acme.wrong_type(any): any",
              (c, a) -> {
                throw BuiltinException.operand(1, "color", "string");
              })
          .add("acme.pure(any): number", (c, a) -> JsonNumber.of(100 + calls.incrementAndGet()))
          .add(
              BuiltinSignature.parse("acme.changing(any): number")
                  .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
              (c, a) -> JsonNumber.of(100 + calls.incrementAndGet()))
          .add(
              BuiltinSignature.parse("acme.rarely(any): any")
                  .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
              (c, a) -> {
                calls.incrementAndGet();
                return null;
              })
          .add(
              "acme.burn(number): boolean",
              (c, a) -> {
                c.chargeSteps(number(a[0]));
                return JsonValue.of(true);
              })
          .build();

  private static long number(JsonValue value) {
    return Long.parseLong(((JsonNumber) value).text());
  }

  private Asked asked(String rules) {
    return Asked.of(
        RegoPolicy.builder().builtins(registry).module("p.rego", "package p\n\n" + rules), "{}");
  }

  @Test
  void they_are_called_like_others_and_need_defined_arguments() {
    Asked asked =
        asked(
            "r := acme.next(acme.next(input.n))\n\n"
                + "xs := [y | some x in [1, 5]; y := acme.next(x)]\n");
    assertThat(asked.input("{'n': 1}").rule("r")).isEqualTo("3");
    assertThat(asked.input("{}").rule("r")).isEqualTo("undefined");
    assertThat(asked.rule("xs")).isEqualTo("[2, 6]");
  }

  @Test
  void no_value_is_undefined_even_when_errors_are_strict() {
    Asked asked =
        asked("r := acme.none(1)\n\nn if not acme.none(1)\n\nxs := [x | x := acme.none(2)]\n");
    for (Asked each : new Asked[] {asked, asked.strict()}) {
      assertThat(each.rule("r")).isEqualTo("undefined");
      assertThat(each.rule("n")).isEqualTo("true");
      assertThat(each.rule("xs")).isEqualTo("[]");
    }
  }

  @Test
  void errors_are_undefined_unless_strict_and_name_the_function() {
    Asked asked =
        asked(
            "r := acme.fails(1)\n\n"
                + "t := acme.wrong_type(\"x\")\n\n"
                + "default d := \"shut\"\n\n"
                + "d := acme.fails(2)\n");
    assertThat(asked.rule("r")).isEqualTo("undefined");
    assertThat(asked.rule("t")).isEqualTo("undefined");
    assertThat(asked.rule("d")).isEqualTo("\"shut\"");
    assertThat(asked.strict().rule("r")).isEqualTo("builtin error: acme.fails: no connection");
    assertThat(asked.strict().rule("t"))
        .isEqualTo("type error: acme.wrong_type: operand 1 must be color but got string");
  }

  @Test
  void what_depends_on_its_surroundings_is_called_once_for_the_same_arguments() {
    Asked asked =
        asked(
            """
            r := [acme.changing(1), f(1), acme.changing(1.0), acme.changing("1")]

            f(x) := acme.changing(x)

            under_with := [x, y] if {
              x := acme.changing(1)
              y := acme.changing(1) with input as {}
            }

            never if {
              not acme.rarely(1)
              not acme.rarely(1)
            }
            """);
    assertThat(asked.rule("r")).isEqualTo("[101, 101, 101, 102]");
    assertThat(asked.rule("under_with")).isEqualTo("[103, 103]");
    assertThat(asked.rule("never")).isEqualTo("true");
    assertThat(calls).hasValue(4);
  }

  @Test
  void a_rule_that_calls_one_is_computed_once() {
    assertThat(asked("x := acme.pure(1)\n\nr := [x, x, x]\n").rule("r"))
        .isEqualTo("[101, 101, 101]");
    assertThat(calls).hasValue(1);
  }

  @Test
  void with_puts_others_in_their_place() {
    Asked asked =
        asked(
            """
            r := acme.changing(input.n)

            constant := x if x := r with acme.changing as 7

            function := x if x := r with acme.changing as double

            standard := x if x := r with acme.changing as abs

            double(x) := x * 2
            """);
    Asked five = asked.input("{'n': -5}");
    assertThat(five.rule("constant")).isEqualTo("7");
    assertThat(five.rule("function")).isEqualTo("-10");
    assertThat(five.rule("standard")).isEqualTo("5");
    assertThat(calls).hasValue(0);
  }

  @Test
  void steps_that_they_charge_are_the_evaluations() {
    Asked asked = asked("r if acme.burn(input)\n");
    EvalOptions few =
        EvalOptions.builder().limits(EvalLimits.ofDefaults().withMaxSteps(10_000)).build();
    assertThat(asked.with(few).input("5000").rule("r")).isEqualTo("true");
    assertThat(asked.with(few).input("50000").rule("r"))
        .isEqualTo("eval_cancel_error: caller cancelled query execution");
    PreparedQuery query =
        RegoPolicy.builder()
            .builtins(registry)
            .module("p.rego", "package p\n\nr if acme.burn(50000)\n")
            .compile()
            .prepare("data.p.r");
    assertThatThrownBy(() -> query.value(null, few))
        .isInstanceOfSatisfying(
            RegoEvalException.class, e -> assertThat(e.limit()).isEqualTo(EvalLimit.STEPS));
  }

  @Test
  void what_is_not_registered_does_not_compile() {
    for (String call : new String[] {"acme.unknown(1)", "http.send({})", "acme.next(1, 2, 3)"}) {
      assertThatThrownBy(() -> asked("r := " + call + "\n"))
          .as(call)
          .isInstanceOf(RegoCompileException.class)
          .hasMessageContaining("rego_type_error");
    }
  }

  @Test
  void several_results_of_a_relation_are_solutions() {
    BuiltinRegistry more =
        registry.toBuilder()
            .addRelation(
                BuiltinSignature.parse("acme.upto(number): number"),
                (c, a, results) -> {
                  for (long i = 1; i <= number(a[0]); i++) {
                    if (!results.accept(JsonNumber.of(i))) {
                      return false;
                    }
                    calls.incrementAndGet();
                  }
                  return true;
                })
            .build();
    Asked asked =
        Asked.of(
            RegoPolicy.builder()
                .builtins(more)
                .module(
                    "p.rego",
                    "package p\n\n"
                        + "all := [x | acme.upto(4, x); x != 3]\n\n"
                        + "any if acme.upto(1000, 2)\n"),
            "{}");
    assertThat(asked.rule("all")).isEqualTo("[1, 2, 4]");
    calls.set(0);
    assertThat(asked.rule("any")).isEqualTo("true");
    assertThat(calls.get()).as("results after the one that was looked for").isLessThan(10);
  }
}
