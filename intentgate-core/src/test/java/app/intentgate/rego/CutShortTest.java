package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.EvalLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An evaluation that is cut short has no answer: a limit is never taken for undefined, whatever
 * stands around the place where it was reached.
 */
class CutShortTest {
  private static final String RULES =
      """
      package p

      expensive if {
        some a in numbers.range(1, 1000)
        some b in numbers.range(1, 1000)
        a + b == 0
      }

      costly(x) := y if {
        y := count([1 | some a in numbers.range(1, 1000); some b in numbers.range(1, 1000); a + b == x])
      }

      plain if input.x

      negated if not expensive

      default defaulted := true

      defaulted := false if expensive

      chained := 1 if expensive

      else := 2

      collected := [x | some x in [1, 2]; not expensive]

      collected_set contains x if {
        some x in [1, 2]
        not expensive
      }

      every_item if every x in [1] { not expensive; x == 1 }

      mocked if not expensive with input as {}

      called := costly(3)

      negated_call if not costly(3) == 1

      object := {"answer": negated}

      printed if print(called)

      template := $"{called}"

      one := 1 if not expensive

      one := 1 if input.x
      """;

  private static final RegoPolicy POLICY =
      RegoPolicy.builder().module("p.rego", RULES).prints(true).compile();

  private static EvalOptions with(EvalLimits limits) {
    return EvalOptions.builder().limits(limits).build();
  }

  private static @Nullable RegoEvalException failure(String query, EvalOptions options) {
    PreparedQuery prepared = POLICY.prepare(query);
    return catchThrowableOfType(
        RegoEvalException.class, () -> prepared.results(Asked.json("{}"), options));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expensive", "negated", "defaulted", "chained", "collected", "collected_set", "every_item",
        "mocked", "called", "negated_call", "object", "printed", "template", "one"
      })
  void a_limit_reached_below_any_construct_ends_the_evaluation(String rule) {
    EvalOptions few = with(EvalLimits.ofDefaults().withMaxSteps(20_000));
    for (String query :
        List.of("data.p." + rule, "not data.p." + rule, "x = [y | y := data.p." + rule + "]")) {
      RegoEvalException e = failure(query, few);
      assertThat(e).as(query).isNotNull();
      assertThat(e.limit()).as(query).isEqualTo(EvalLimit.STEPS);
      assertThat(e.error().code()).isEqualTo(ErrorCode.EVAL_CANCEL);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '~',
      value = {
        "count([1 | some _ in numbers.range(1, 100000)]) => VALUES",
        "sprintf(\"%50000d\", [1]) => STRING_BYTES",
        "concat(\"\", [s | some _ in numbers.range(1, 200); s := \"0123456789\"]) => STRING_BYTES",
        "numbers.range(1, 1000000) => VALUES",
        "net.cidr_expand(\"10.0.0.0/16\") => VALUES",
        "strings.replace_n({\"a\": \"bbbbbbbbbb\"}, concat(\"\", [\"a\" | numbers.range(1,"
            + " 200)[_]])) => STRING_BYTES"
      })
  void what_functions_build_counts_and_strictness_changes_nothing(
      String expression, EvalLimit limit) {
    EvalLimits small =
        EvalLimits.ofDefaults()
            .withDeadline(Duration.ofMinutes(1))
            .withMaxValues(1_000)
            .withMaxStringBytes(1_000);
    for (boolean strict : new boolean[] {false, true}) {
      EvalOptions options = EvalOptions.builder().limits(small).strictBuiltinErrors(strict).build();
      RegoEvalException e = failure("x := " + expression, options);
      assertThat(e).isNotNull();
      assertThat(e.limit()).isEqualTo(limit);
      assertThat(failure("not " + expression + " == 0", options)).isNotNull();
    }
  }

  @Test
  void a_query_that_was_cut_short_answers_the_next_time() {
    PreparedQuery query = POLICY.prepare("data.p.plain");
    EvalOptions none = with(EvalLimits.ofDefaults().withMaxDepth(1));
    PreparedQuery nested =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\na := b\n\nb := c\n\nc := input.x\n")
            .compile()
            .prepare("data.p.a");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> nested.value(Asked.json("{'x': 1}"), none))
          .isInstanceOf(RegoEvalException.class);
      assertThat(nested.value(Asked.json("{'x': 1}"), EvalOptions.ofDefaults())).hasToString("1");
      assertThat(query.value(Asked.json("{'x': true}"), EvalOptions.ofDefaults()))
          .isEqualTo(JsonValue.of(true));
    }
  }

  @Test
  void each_evaluation_has_the_whole_budget() {
    PreparedQuery query =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\nr := count([1 | some _ in numbers.range(1, 4000)])\n")
            .compile()
            .prepare("data.p.r");
    EvalOptions options = with(EvalLimits.ofDefaults().withMaxSteps(20_000).withMaxValues(10_000));
    for (int i = 0; i < 10; i++) {
      assertThat(query.value(null, options)).hasToString("4000");
    }
  }

  @Test
  void a_flag_that_is_set_from_the_start_ends_a_long_evaluation() {
    EvalOptions canceled = EvalOptions.builder().cancelFlag(() -> true).build();
    RegoEvalException e = failure("data.p.negated", canceled);
    assertThat(e).isNotNull();
    assertThat(e.limit()).isEqualTo(EvalLimit.CANCELED);
    assertThat(e).hasMessage("eval_cancel_error: caller cancelled query execution");
  }

  @Test
  @Timeout(60)
  void another_thread_may_cancel() throws InterruptedException {
    AtomicBoolean canceled = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<@Nullable RegoEvalException> end = new AtomicReference<>();
    EvalOptions options =
        EvalOptions.builder()
            .limits(new EvalLimits(1L << 50, Duration.ofMinutes(10), 1L << 50, 1L << 50, 1_000))
            .cancelFlag(
                () -> {
                  running.countDown();
                  return canceled.get();
                })
            .build();
    String forever =
        "package p\n\nr if {\n  some a in numbers.range(1, 30000)\n"
            + "  some b in numbers.range(1, 30000)\n  some c in numbers.range(1, 30000)\n"
            + "  a + b + c == 0\n}\n";
    PreparedQuery query =
        RegoPolicy.builder().module("p.rego", forever).compile().prepare("data.p.r");
    Thread evaluation =
        new Thread(
            () ->
                end.set(
                    catchThrowableOfType(
                        RegoEvalException.class, () -> query.value(null, options))));
    evaluation.start();
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    canceled.set(true);
    evaluation.join(30_000);
    assertThat(evaluation.isAlive()).isFalse();
    RegoEvalException e = end.get();
    assertThat(e).isNotNull();
    assertThat(e.limit()).isEqualTo(EvalLimit.CANCELED);
  }

  @Test
  void a_document_that_is_nested_too_deeply_is_an_error_of_the_function_that_reads_it() {
    Asked asked =
        Asked.of(
            "r := json.unmarshal(input.text)\n\nvalid := json.is_valid(input.text)\n\n"
                + "y := yaml.unmarshal(input.text)\n");
    Asked deep = asked.input("{'text': '" + "[".repeat(1_001) + "]".repeat(1_001) + "'}");
    assertThat(deep.rule("r")).isEqualTo("undefined");
    assertThat(deep.strict().rule("r")).startsWith("builtin error: json.unmarshal: ");
    assertThat(deep.rule("valid")).isEqualTo("false");
    assertThat(deep.rule("y")).isEqualTo("undefined");
    Asked allowed = asked.input("{'text': '" + "[".repeat(900) + "]".repeat(900) + "'}");
    assertThat(allowed.rule("r")).startsWith("[[[[").endsWith("]]]]");
    assertThat(allowed.rule("valid")).isEqualTo("true");
  }

  @Test
  void limits_are_positive() {
    EvalLimits limits = EvalLimits.ofDefaults();
    assertThatThrownBy(() -> limits.withMaxSteps(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxSteps must be positive, is 0");
    assertThatThrownBy(() -> limits.withMaxValues(-1)).hasMessageContaining("maxValues");
    assertThatThrownBy(() -> limits.withMaxStringBytes(0)).hasMessageContaining("maxStringBytes");
    assertThatThrownBy(() -> limits.withMaxDepth(0)).hasMessageContaining("maxDepth");
    assertThatThrownBy(() -> limits.withDeadline(Duration.ZERO)).hasMessageContaining("deadline");
    assertThatThrownBy(() -> limits.withDeadline(Duration.ofMillis(-5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(limits.withMaxSteps(7).withMaxDepth(9))
        .isEqualTo(
            new EvalLimits(7, limits.deadline(), limits.maxValues(), limits.maxStringBytes(), 9));
  }
}
