package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Clock, chance, environment and printer: where they come from, and that one evaluation sees one.
 */
class SurroundingsTest {
  private static EvalOptions.Builder options() {
    return EvalOptions.builder();
  }

  @Test
  void the_clock_is_asked_once_for_each_evaluation_and_stands_still_in_it() {
    AtomicLong clock = new AtomicLong(1_000);
    AtomicInteger asked = new AtomicInteger();
    EvalOptions ticking =
        options()
            .clock(
                () -> {
                  asked.incrementAndGet();
                  return clock.getAndAdd(5);
                })
            .build();
    Asked policy =
        Asked.of(
                """
                now := time.now_ns()

                later contains n if {
                  some _ in numbers.range(1, 10)
                  n := time.now_ns()
                }

                f(_) := time.now_ns()

                all := {now, f(1), f(2)} | later

                under_with := x if x := now with input as {}

                nothing := 1
                """)
            .with(ticking);
    assertThat(policy.rule("all")).isEqualTo("{1000}");
    assertThat(policy.rule("all")).isEqualTo("{1005}");
    assertThat(policy.rule("under_with")).isEqualTo("1010");
    assertThat(policy.rule("nothing")).isEqualTo("1");
    assertThat(asked).hasValue(3);
  }

  @Test
  void every_function_that_looks_at_the_clock_sees_the_same_time() {
    AtomicLong clock = new AtomicLong(1_000);
    RegoPolicy.Builder policy =
        RegoPolicy.builder()
            .builtins(
                RegoPolicy.standardBuiltins().toBuilder()
                    .add("acme.clock(any): number", (c, a) -> JsonNumber.of(c.nowNanos()))
                    .build())
            .module(
                "p.rego",
                "package p\n\n"
                    + "all := {time.now_ns(), acme.clock(1), acme.clock(2), acme.clock(3)}\n");
    Asked asked =
        Asked.of(policy, "{}").with(options().clock(() -> clock.getAndAdd(1_000)).build());
    assertThat(asked.rule("all")).isEqualTo("{1000}");
    assertThat(asked.rule("all")).isEqualTo("{2000}");
  }

  @Test
  void without_a_clock_it_is_the_time_of_the_system() {
    long before = System.currentTimeMillis() * 1_000_000;
    JsonNumber now = (JsonNumber) Asked.json(Asked.of("now := time.now_ns()\n").rule("now"));
    long after = (System.currentTimeMillis() + 1) * 1_000_000;
    assertThat(Long.parseLong(now.text())).isBetween(before, after);
  }

  @Test
  void chance_gives_one_value_for_a_key_and_range_in_an_evaluation() {
    Asked policy =
        Asked.of(
            """
            draws := [rand.intn("a", 1000000), rand.intn("a", 1000000)]

            others := {rand.intn(k, 1000000) | some k in ["a", "b", "c", "d"]}

            ranges := [rand.intn("a", 10) < 10, rand.intn("a", 1) == 0, rand.intn("a", -10) < 10]

            ids := [uuid.rfc4122("x"), uuid.rfc4122("x")]

            id_kinds := {uuid.rfc4122(k) | some k in ["x", "y"]}

            id_shapes contains [u.version, u.variant] if {
              some i in numbers.range(1, 60)
              u := uuid.parse(uuid.rfc4122(format_int(i, 10)))
            }
            """);
    EvalOptions fixed = options().random(new Random(5)).build();
    assertThat(policy.with(fixed).results("[x, y] = data.p.draws; x == y")).hasSize(1);
    assertThat(policy.with(fixed).results("count(data.p.others) > 1")).hasSize(1);
    assertThat(policy.with(fixed).rule("ranges")).isEqualTo("[true, true, true]");
    assertThat(policy.with(fixed).results("data.p.ids[0] == data.p.ids[1]")).hasSize(1);
    assertThat(policy.with(fixed).results("count(data.p.id_kinds) == 2")).hasSize(1);
    assertThat(policy.with(fixed).rule("id_shapes")).isEqualTo("{[4, \"RFC4122\"]}");
  }

  @Test
  void the_same_seed_draws_the_same_and_another_evaluation_draws_anew() {
    Asked policy = Asked.of("x := [rand.intn(\"a\", 1000000000), uuid.rfc4122(\"k\")]\n");
    EvalOptions seven = options().random(new Random(7)).build();
    String first = policy.with(seven).rule("x");
    assertThat(policy.with(seven).rule("x")).isNotEqualTo(first);
    assertThat(policy.with(options().random(new Random(7)).build()).rule("x")).isEqualTo(first);
  }

  @Test
  void the_environment_is_empty_unless_it_is_given() {
    Asked policy = Asked.of("e := opa.runtime()\n\nv := opa.runtime().env.HOME\n");
    assertThat(policy.rule("e")).isEqualTo("{}");
    assertThat(policy.rule("v")).isEqualTo("undefined");
    EvalOptions given =
        options().environment((JsonObject) Asked.json("{'env': {'HOME': '/h'}}")).build();
    assertThat(policy.with(given).rule("v")).isEqualTo("\"/h\"");
  }

  private static Asked printing(String rules, List<String> lines) {
    RegoPolicy.Builder module =
        RegoPolicy.builder().module("p.rego", "package p\n\n" + rules).prints(true);
    return Asked.of(module, "{}").with(options().printer(lines::add).build());
  }

  @Test
  void prints_show_values_as_terms_and_strings_bare_and_fail_nothing() {
    List<String> lines = new ArrayList<>();
    Asked policy =
        printing(
            """
            r := 7 if {
              print("text", 1.50, true, null)
              print([1, "a"], {"k": {2, 1}}, set())
              print()
              print(input.missing, 1 / input.zero, "after")
              some x in [1, 2]
              print("x", x)
              x == 2
              print("found")
            }
            """,
            lines);
    assertThat(policy.input("{'zero': 0}").rule("r")).isEqualTo("7");
    assertThat(lines)
        .containsExactly(
            "text 1.50 true null",
            "[1, \"a\"] {\"k\": {1, 2}} set()",
            "",
            "<undefined> <undefined> after",
            "x 1",
            "x 2",
            "found");
  }

  @Test
  void a_rule_that_was_evaluated_prints_once() {
    List<String> lines = new ArrayList<>();
    Asked policy =
        printing(
            "r := 1 if print(\"once\")\n\nboth := [r, r]\n\nf(x) := x if print(\"f\", x)\n", lines);
    assertThat(policy.rule("both")).isEqualTo("[1, 1]");
    assertThat(lines).containsExactly("once");
    lines.clear();
    assertThat(policy.results("data.p.f(1) = x; data.p.f(2) = y")).hasSize(1);
    assertThat(lines).containsExactly("f 1", "f 2");
  }

  @Test
  void rules_that_do_not_apply_print_nothing() {
    List<String> lines = new ArrayList<>();
    Asked policy =
        printing(
            """
            r if {
              input.x == 1
              print("one")
            }

            r if {
              print("always")
              input.x == 2
            }
            """,
            lines);
    assertThat(policy.input("{'x': 2}").rule("r")).isEqualTo("true");
    assertThat(lines).containsExactly("always");
  }

  @Test
  void a_printer_or_clock_that_breaks_ends_the_evaluation_with_an_internal_error() {
    RegoPolicy policy =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\na if print(1)\n\nb := time.now_ns()\n")
            .prints(true)
            .compile();
    EvalOptions broken =
        options()
            .printer(
                line -> {
                  throw new IllegalStateException("printer");
                })
            .clock(
                () -> {
                  throw new IllegalStateException("clock");
                })
            .build();
    for (String rule : List.of("data.p.a", "data.p.b")) {
      assertThatThrownBy(() -> policy.prepare(rule).value(null, broken))
          .isInstanceOf(RegoEvalException.class)
          .hasMessageContaining("eval_internal_error")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }
}
