package app.intentgate.rego;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.fuzz.FuzzContract;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.spi.RegoError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * From text to answer: sources are read or refused with places, policies are compiled or refused
 * with errors, evaluations answer or end with a code, in time; and they answer the same when they
 * are observed, which is another plan without what makes the first one fast.
 *
 * <p>The first byte of an input says what the rest is: {@code 1} a module, {@code 0} one of before
 * OPA 1.0, {@code q} a query, anything else the choices of a {@link ChosenPolicy}.
 */
class RegoFuzzTest extends FuzzContract {
  private static final long COMPILE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long EVALUATE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final String HELPERS =
      """
      package p

      h := input.a
      hs contains x if some x in input.xs
      ho[k] := v if some k, v in input.m
      f(x) := x if x != 2
      f(2) := "two"
      """;
  private static final List<JsonValue> INPUTS =
      List.of(
          json("{'a': 1, 'xs': [1, 2, 3], 'm': {'k': 'v', 'v': 'k'}}"),
          json("{'a': 'x', 'xs': ['a', 'b', null, [1]], 'm': {'a': ['b'], 'b': ['a']}}"),
          json("[]"));

  private static JsonValue json(String text) {
    return JsonReader.parseRego(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static final EvalLimits LIMITS =
      EvalLimits.ofDefaults()
          .withDeadline(Duration.ofMillis(200))
          .withMaxSteps(200_000)
          .withMaxValues(20_000)
          .withMaxStringBytes(200_000);

  RegoFuzzTest() {
    super("rego");
  }

  @Override
  protected List<String> words() {
    return List.of(
        "1package p\n",
        "0package p\n",
        "q",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "|",
        ":",
        ":=",
        "=",
        "==",
        ",",
        ";",
        "\n",
        "\"",
        "`",
        "$\"",
        "$`",
        "\\",
        "#",
        "# METADATA\n# a: {",
        "if ",
        "else ",
        "contains ",
        "some ",
        "every ",
        "in ",
        "not ",
        "with ",
        "as ",
        "default ",
        "import ",
        "package ",
        ".",
        "1e9999999999",
        "0x",
        "\uFEFF",
        "\u00e9",
        "\ud83d\ude00",
        "_",
        "-",
        "\t",
        "\r\n",
        "input",
        "data.",
        "walk(",
        "sprintf(",
        "set()",
        " { true }\n");
  }

  @Override
  protected List<byte[]> seeds() {
    Random random = new Random(20261128);
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] seed = new byte[1 + random.nextInt(80)];
      random.nextBytes(seed);
      seed[0] = 'p';
      seeds.add(seed);
    }
    return seeds;
  }

  @Override
  protected void tryInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String rest = new String(input, 1, input.length - 1, UTF_8);
    switch (input[0]) {
      case '0', '1' -> module(rest, input[0] == '0');
      case 'q' -> query(rest);
      default -> policy(ChosenPolicy.of(input, 1), false, "data.p");
    }
  }

  private static void module(String source, boolean old) {
    ParserOptions options =
        ParserOptions.ofDefaults().withVersion(old ? RegoVersion.V0 : RegoVersion.V1);
    try {
      RegoParser.parseModule("p.rego", source, options);
    } catch (RegoParseException e) {
      areInPlace(e.errors(), source);
      return;
    }
    policy(source, old, "data");
  }

  private static void query(String text) {
    try {
      RegoParser.parseQuery(text, ParserOptions.ofDefaults());
    } catch (RegoParseException e) {
      areInPlace(e.errors(), text);
      return;
    }
    evaluated(RegoPolicy.builder().module("helpers.rego", HELPERS).compile(), text, text);
  }

  private static void areInPlace(List<RegoError> errors, String source) {
    assertThat(errors).isNotEmpty();
    long rows = source.lines().count() + 2;
    for (RegoError error : errors) {
      assertThat(error.location().row()).isBetween(0, (int) rows);
      assertThat(error.location().col()).isBetween(0, source.length() + 1);
      assertThat(error.text()).contains(error.message());
    }
  }

  private static void policy(String source, boolean old, String query) {
    long start = ProcessorTime.nanos();
    RegoPolicy.Builder builder =
        RegoPolicy.builder()
            .module("p.rego", source)
            .data(JsonObject.of("base", json("{'list': [1, 'a']}")))
            .v0Compatible(old);
    if (!old) {
      builder.module("helpers.rego", HELPERS);
    }
    RegoPolicy policy;
    try {
      policy = builder.compile();
    } catch (RegoCompileException e) {
      areInPlace(e.errors(), source);
      return;
    } finally {
      assertThat(ProcessorTime.nanos() - start)
          .as("compiling\n%s", source)
          .isLessThan(COMPILE_NANOS);
    }
    evaluated(policy, query, source);
  }

  private static void evaluated(RegoPolicy policy, String query, String source) {
    PreparedQuery fast;
    PreparedQuery observed;
    try {
      fast = policy.prepare(query);
      observed = policy.prepareObserved(query);
    } catch (RegoCompileException e) {
      assertThat(e.errors()).isNotEmpty();
      return;
    }
    boolean repeatable = !source.contains("rand") && !source.contains("uuid");
    for (JsonValue input : INPUTS) {
      Answer plain = Answer.of(fast, input, false, source);
      Answer watched = Answer.of(observed, input, false, source);
      Answer strict = Answer.of(fast, input, true, source);
      if (repeatable && !plain.ranOut() && !watched.ranOut()) {
        assertThat(watched).as("observed\n%s", source).isEqualTo(plain);
      }
      if (repeatable && !plain.ranOut() && strict.error() == null) {
        assertThat(strict).as("strict\n%s", source).isEqualTo(plain);
      }
    }
  }

  /** What an evaluation came to: solutions, or the code of an error and whether a limit was it. */
  private record Answer(
      @Nullable List<JsonObject> results, @Nullable String error, boolean ranOut) {
    static Answer of(PreparedQuery query, JsonValue input, boolean strict, String source) {
      EvalOptions options =
          EvalOptions.builder()
              .limits(LIMITS)
              .strictBuiltinErrors(strict)
              .clock(() -> 1_760_000_000_000_000_000L)
              .random(new Random(1))
              .build();
      long start = ProcessorTime.nanos();
      try {
        return new Answer(query.results(input, options), null, false);
      } catch (RegoEvalException e) {
        String code = e.error().code();
        if (code.equals(ErrorCode.EVAL_INTERNAL)) {
          throw new AssertionError("evaluating\n" + source, e);
        }
        return new Answer(null, code, e.limit() != null);
      } finally {
        assertThat(ProcessorTime.nanos() - start)
            .as("evaluating\n%s", source)
            .isLessThan(EVALUATE_NANOS);
      }
    }
  }
}
