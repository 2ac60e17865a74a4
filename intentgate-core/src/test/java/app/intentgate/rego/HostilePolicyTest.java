package app.intentgate.rego;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.EvalLimit;
import app.intentgate.rego.spi.EvalLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules made to use up time and memory (B22): each ends with an answer or with a limit, and takes
 * no more of the processor than twice its deadline, or than its deadline and six uncut steps where
 * the machine is slow ({@link ProcessorTime}). The best of ten, so that a cold start fails nothing.
 */
class HostilePolicyTest {
  private static final Duration DEADLINE = Duration.ofMillis(50);
  private static final long ALLOWED_NANOS = DEADLINE.multipliedBy(2).toNanos();
  private static final EvalOptions OPTIONS =
      EvalOptions.builder().limits(EvalLimits.ofDefaults().withDeadline(DEADLINE)).build();
  private static final JsonValue INPUT = input();
  private static final JsonValue AGENT_INPUT = HostileInputs.all();

  private static JsonValue input() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\\n".formatted(i, i, i - 1, i - 1));
    }
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      wide.append(i == 0 ? "" : ",").append("\"k%d\": [%d]".formatted(i, i));
    }
    String text =
        """
        {"one": 1, "text": "%s", "digits": "%s", "brackets": "%s", "globs": "%s", "bomb": "%s",
         "wide": {%s}}
        """
            .formatted(
                "a".repeat(50_000),
                "9".repeat(50_000),
                "[".repeat(200_000),
                "[a-z]*".repeat(3_000),
                bomb,
                wide);
    return JsonReader.parseRego(text.getBytes(UTF_8));
  }

  static Stream<String> rules() {
    return rules("hostile-rules.txt");
  }

  static Stream<String> rulesOfInputs() {
    return Stream.of("hostile-inputs.txt", "hostile-texts.txt").flatMap(HostilePolicyTest::rules);
  }

  private static Stream<String> rules(String file) {
    try (InputStream in = HostilePolicyTest.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return Stream.of(text.split("\n---\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleEndsInTime(String rule) {
    assertEndsInTime(rule);
  }

  @ParameterizedTest
  @MethodSource("rulesOfInputs")
  void an_input_that_costs_much_ends_in_time(String rule) {
    assertThat(assertEndsInTime(RegoPolicy.builder(), rule, AGENT_INPUT))
        .isNotEqualTo(EvalLimit.MEMORY);
  }

  @Test
  void documents_that_are_put_together_anew_each_time_end_in_time() {
    JsonObject.Builder members = JsonObject.builder();
    for (int i = 0; i < 50_000; i++) {
      members.put("k" + i, i);
    }
    JsonObject data = JsonObject.builder().put("w", members.build()).build();
    String loop = "r := count([1 | some i in numbers.range(1, 1000000); %s])";
    for (String body :
        List.of(
            "object.get(data.w, \"x\", 0) == -1 with data.w.x as i",
            "object.get(data.w, \"x\", 0) == i")) {
      RegoPolicy.Builder policy =
          RegoPolicy.builder().data(data).module("w.rego", "package w.sub\n\nx := 1\n");
      assertEndsInTime(policy, loop.formatted(body), INPUT);
    }
  }

  private static @Nullable EvalLimit assertEndsInTime(String rules) {
    return assertEndsInTime(RegoPolicy.builder(), rules, INPUT);
  }

  /** How an evaluation ended: the limit, or null for an answer. */
  private static @Nullable EvalLimit assertEndsInTime(
      RegoPolicy.Builder policy, String rules, JsonValue input) {
    PreparedQuery query =
        policy.module("p.rego", "package p\n\n" + rules).compile().prepare("data.p.r");
    long best = Long.MAX_VALUE;
    EvalLimit limit = null;
    // The first rounds run in the interpreter, as no gate that serves does.
    for (int i = 0; i < 10 && best > ALLOWED_NANOS; i++) {
      long start = ProcessorTime.nanos();
      try {
        query.value(input, OPTIONS);
      } catch (RegoEvalException e) {
        limit = Objects.requireNonNull(e.limit(), e.getMessage());
      }
      best = Math.min(best, ProcessorTime.nanos() - start);
    }
    ProcessorTime.assertWithin(best, DEADLINE, ALLOWED_NANOS, rules);
    return limit;
  }

  /** Each document holds the one before twice: few objects that are very many to walk. */
  private static String doubled(String name, String first, String template) {
    StringBuilder rules = new StringBuilder(name + "0 := " + first + "\n");
    for (int i = 1; i <= 60; i++) {
      String before = name + (i - 1);
      rules
          .append(name)
          .append(i)
          .append(" := ")
          .append(template.replace("#", before))
          .append('\n');
    }
    return rules.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r := x60 == y60",
        "r := x60 < y60",
        "r := count({x60, y60})",
        "r := count(json.marshal(x60))",
        "r := count(yaml.marshal(x60))",
        "r := count(sprintf(\"%v\", [x60]))",
        "r := count([1 | walk(x60, _)])",
        "r := x60",
        "r := {x60: y60}",
      })
  void documentsThatDoubleAreRefused(String rule) {
    String arrays = doubled("x", "input.one", "[#, #]") + doubled("y", "1", "[#, #]");
    assertThat(assertEndsInTime(arrays + rule)).isEqualTo(EvalLimit.VALUES);
    String others =
        doubled("x", "input.one", "{\"a\": #, \"b\": #}") + doubled("y", "1", "{[1, #], [2, #]}");
    assertThat(assertEndsInTime(others + rule)).isEqualTo(EvalLimit.VALUES);
  }

  @Test
  void documentsThatDoubleInOtherWaysAreRefused() {
    assertThat(assertEndsInTime(doubled("x", "1", "array.concat([#], [#])") + "r := x60"))
        .isNotNull();
    assertThat(assertEndsInTime(doubled("x", "1", "[y | some i in [1, 2]; y := #]") + "r := x60"))
        .isNotNull();
    StringBuilder partial = new StringBuilder("x0 := 1\n");
    for (int i = 1; i <= 60; i++) {
      partial.append("x%d.a := x%d\nx%d.b := x%d\n".formatted(i, i - 1, i, i - 1));
    }
    assertThat(assertEndsInTime(partial + "r := count(json.marshal(x60))")).isNotNull();
  }

  @Test
  void numbersThatSquareAreRefused() {
    assertThat(assertEndsInTime(doubled("x", "123456789123456789", "# * #") + "r := x60"))
        .isNotNull();
  }
}
