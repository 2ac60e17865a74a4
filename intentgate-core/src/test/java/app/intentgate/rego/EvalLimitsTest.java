package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.EvalLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every limit of an evaluation is reached, and ends it with an error of its own. */
class EvalLimitsTest {
  private static final String LOOPS =
      """
      package p

      n := numbers.range(1, 200)

      slow if {
        some a in n
        some b in n
        some c in n
        a + b + c == 1000
      }

      many := [[a, b, c] | some a in n; some b in n; some c in n]

      text := concat("", [s | some a in n; s := "0123456789"])

      drawn := [1 | some a in n; some b in n; rand.intn("x", (a * 1000) + b) < 0]

      deep := [[[[[[[[[[n]]]]]]]]]]

      paths := [path | some _ in n; walk(deep, [path, _])]

      nested := walked if walked := [v | walk(n, [_, v])]
      """;

  private static final EvalLimits GENEROUS =
      new EvalLimits(1L << 40, Duration.ofMinutes(1), 1L << 40, 1L << 40, 1_000);

  private static EvalOptions with(EvalLimits limits) {
    return EvalOptions.builder().limits(limits).build();
  }

  private static RegoEvalException failure(String query, EvalOptions options) {
    PreparedQuery prepared = RegoPolicy.builder().module("p", LOOPS).compile().prepare(query);
    return catchThrowableOfType(RegoEvalException.class, () -> prepared.value(null, options));
  }

  @Test
  void stepsEndALoop() {
    RegoEvalException e = failure("data.p.slow", with(GENEROUS.withMaxSteps(100_000)));
    assertThat(e.limit()).isEqualTo(EvalLimit.STEPS);
    assertThat(e.error().code()).isEqualTo(ErrorCode.EVAL_CANCEL);
    assertThat(e.error().message()).isEqualTo("caller cancelled query execution");
  }

  @Test
  void theDeadlineEndsALoop() {
    RegoEvalException e = failure("data.p.slow", with(GENEROUS.withDeadline(Duration.ofMillis(5))));
    assertThat(e.limit()).isEqualTo(EvalLimit.DEADLINE);
  }

  @Test
  void aFlagEndsALoop() {
    AtomicInteger looks = new AtomicInteger();
    EvalOptions options =
        EvalOptions.builder()
            .limits(GENEROUS)
            .cancelFlag(() -> looks.incrementAndGet() > 3)
            .build();
    assertThat(failure("data.p.slow", options).limit()).isEqualTo(EvalLimit.CANCELED);
  }

  @Test
  void valuesEndAComprehension() {
    RegoEvalException e = failure("data.p.many", with(GENEROUS.withMaxValues(10_000)));
    assertThat(e.limit()).isEqualTo(EvalLimit.VALUES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numbers.range(1, 2147483648)",
        "numbers.range(0, 1e18)",
        "numbers.range_step(1, -1e30, 7)",
        "net.cidr_expand(\"::/0\")",
      })
  void what_no_collection_can_hold_is_over_the_limit_of_values_whatever_it_is(String call) {
    PreparedQuery query =
        RegoPolicy.builder().module("q", "package q\n\nr := " + call).compile().prepare("data.q.r");
    for (long values : new long[] {1_000_000, 1L << 31, 1L << 40, Long.MAX_VALUE}) {
      EvalOptions options =
          with(GENEROUS.withMaxValues(values).withDeadline(Duration.ofSeconds(5)));
      assertThat(
              catchThrowableOfType(RegoEvalException.class, () -> query.value(null, options))
                  .limit())
          .as("limit %d", values)
          .isEqualTo(EvalLimit.VALUES);
    }
  }

  @Test
  void stringBytesEndABuiltin() {
    RegoEvalException e = failure("data.p.text", with(GENEROUS.withMaxStringBytes(100)));
    assertThat(e.limit()).isEqualTo(EvalLimit.STRING_BYTES);
  }

  @Test
  void what_is_remembered_of_chance_counts_as_values() {
    RegoEvalException e = failure("data.p.drawn", with(GENEROUS.withMaxValues(10_000)));
    assertThat(e.limit()).isEqualTo(EvalLimit.VALUES);
  }

  @Test
  void depthEndsAChainOfRules() {
    StringBuilder chain = new StringBuilder("package p\n\nr0 := input\n");
    for (int i = 1; i <= 200; i++) {
      chain.append("\nr").append(i).append(" := x if x := r").append(i - 1).append('\n');
    }
    PreparedQuery query =
        RegoPolicy.builder().module("p", chain.toString()).compile().prepare("data.p.r200");
    JsonValue input = JsonNumber.of(1);
    assertThat(query.value(input, with(GENEROUS))).isEqualTo(input);
    RegoEvalException e =
        catchThrowableOfType(
            RegoEvalException.class, () -> query.value(input, with(GENEROUS.withMaxDepth(100))));
    assertThat(e.limit()).isEqualTo(EvalLimit.DEPTH);
  }

  @Test
  void what_is_collected_counts_while_it_is_collected() {
    // There are not steps enough to come to the end of them.
    EvalLimits limits = GENEROUS.withMaxValues(50_000).withMaxSteps(60_000);
    assertThat(failure("data.p.paths", with(limits)).limit()).isEqualTo(EvalLimit.VALUES);
  }

  @Test
  void aStackThatRunsOutEndsTheEvaluationOnly() throws InterruptedException {
    StringBuilder chain = new StringBuilder("package p\n\nr0 := input\n");
    for (int i = 1; i <= 3_000; i++) {
      chain.append("\nr").append(i).append(" := x if x := r").append(i - 1).append('\n');
    }
    PreparedQuery query =
        RegoPolicy.builder().module("p", chain.toString()).compile().prepare("data.p.r3000");
    AtomicReference<@Nullable EvalLimit> reached = new AtomicReference<>();
    Runnable evaluation =
        () -> {
          try {
            query.value(JsonNumber.of(1), with(GENEROUS.withMaxDepth(1_000_000)));
          } catch (RegoEvalException e) {
            reached.set(e.limit());
          }
        };
    Thread small = new Thread(null, evaluation, "small-stack", 128 << 10);
    small.start();
    small.join();
    assertThat(reached.get()).isEqualTo(EvalLimit.MEMORY);
  }

  @Test
  void aBuiltinThatBreaksIsAnErrorAndNotUndefined() {
    RegoPolicy policy =
        RegoPolicy.builder()
            .builtins(
                RegoPolicy.standardBuiltins().toBuilder()
                    .add(
                        BuiltinSignature.parse("broken(any): any"),
                        (c, a) -> {
                          throw new IllegalStateException("broken");
                        })
                    .build())
            .module("p", "package p\n\nallow if not broken(1)\n")
            .compile();
    RegoEvalException e =
        catchThrowableOfType(
            RegoEvalException.class,
            () -> policy.prepare("data.p.allow").value(null, EvalOptions.ofDefaults()));
    assertThat(e.error().code()).isEqualTo(ErrorCode.EVAL_INTERNAL);
    assertThat(e.limit()).isNull();
  }
}
