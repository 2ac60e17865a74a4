package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.EvalLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Work that one call or one step does on very much is looked at while it goes on, not only before
 * and after. Looks are counted, so that no machine is too slow for this.
 */
class CutWhileWorkingTest {
  private static final JsonObject INPUT =
      JsonObject.builder()
          .put("numbers", many(20_000, i -> JsonNumber.parse(i * 0x9E3779B1 + ".5")))
          .put("texts", many(20_000, i -> JsonString.of("x" + i * 0x9E3779B1)))
          .put("alike", many(200, CutWhileWorkingTest::alike))
          .put("breaks", "{a(b: \"\"\"" + "\n".repeat(100_000) + "\"\"\")}")
          .put("blanks", "a: |\n" + "\n".repeat(100_000))
          .put("folded", "a ".repeat(100_000))
          .build();

  private static JsonArray many(int count, IntFunction<JsonValue> item) {
    return JsonArray.copyOf(IntStream.range(0, count).mapToObj(item).toList());
  }

  /** Arrays that differ at their ends only. */
  private static JsonArray alike(int i) {
    return many(1_000, j -> JsonNumber.of(j < 999 ? j : i * 0x9E3779B1));
  }

  private static EvalOptions looking(AtomicInteger looks, int last) {
    return EvalOptions.builder()
        .limits(EvalLimits.ofDefaults().withDeadline(Duration.ofMinutes(2)))
        .cancelFlag(() -> looks.incrementAndGet() >= last)
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "sort(input.numbers)                                 ~ 100",
        "sort(input.texts)                                   ~ 100",
        "sort(input.alike)                                   ~ 50",
        "sort({x | some x in input.texts})                   ~ 100",
        "[y | some y in {x | some x in input.texts}]         ~ 100",
        "[y | {x | some x in input.texts}[y]]                ~ 100",
        "true if every y in {x | some x in input.texts} { y } ~ 100",
        "graphql.parse_query(input.breaks)                   ~ 80",
        "yaml.unmarshal(input.blanks)                        ~ 100",
        "yaml.marshal([[[[[[[[[[[[[[[[[[[[[[[[input.folded]]]]]]]]]]]]]]]]]]]]]]]]) ~ 10",
      })
  void what_takes_long_is_looked_at_all_the_while_and_ends_when_told_so(String rule, int least) {
    PreparedQuery query =
        RegoPolicy.builder().module("p", "package p\n\nr := " + rule).compile().prepare("data.p.r");
    AtomicInteger looks = new AtomicInteger();

    assertThat(query.value(INPUT, looking(looks, Integer.MAX_VALUE))).isNotNull();
    assertThat(looks).hasValueGreaterThan(least);

    int half = looks.get() / 2;
    looks.set(0);
    assertThat(
            catchThrowableOfType(
                    RegoEvalException.class, () -> query.value(INPUT, looking(looks, half)))
                .limit())
        .isEqualTo(EvalLimit.CANCELED);
    assertThat(looks).hasValue(half);
  }
}
