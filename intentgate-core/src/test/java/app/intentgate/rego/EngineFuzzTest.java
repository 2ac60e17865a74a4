package app.intentgate.rego;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Policies put together and damaged at random: whatever they are, the compiler refuses them with
 * its own errors, or they are evaluated to an answer or to an error with a code, in time.
 */
class EngineFuzzTest {
  private static final int POLICIES = 4_000;
  private static final long ALLOWED_NANOS = Duration.ofMillis(40).toNanos();

  private static final String[] VALUES = {
    "input",
    "input.a",
    "input.xs",
    "input.xs[_]",
    "input.m[k]",
    "data.p",
    "data.base.list[i]",
    "x",
    "y",
    "k",
    "i",
    "1",
    "-1.5",
    "1e300",
    "\"a\"",
    "\"\"",
    "true",
    "null",
    "[]",
    "{}",
    "set()",
    "[x, y]",
    "{x, 1}",
    "{\"a\": x}",
    "[z | z := input.xs[_]]",
    "{z | some z in input.xs}",
    "{q: z | z := input.m[q]}",
    "h",
    "hs[x]",
    "ho[x]",
    "ho",
    "f(x)",
    "f(input.a)",
    "x + 1",
    "x - y",
    "x / y",
    "x % 2",
    "x | y",
    "x & y",
    "count(x)",
    "sum(input.xs)",
    "sprintf(\"%d %s %v\", [x, y, k])",
    "concat(\",\", input.xs)",
    "numbers.range(1, x)",
    "object.get(x, \"a\", y)",
    "$\"{x} and {y}\"",
    "json.unmarshal(x)",
    "regex.replace(x, y, \"b\")",
    "walk(input)",
    "time.now_ns()",
    "array.slice(x, 1, i)",
    "object.union(x, y)",
    "units.parse(x)",
    "glob.match(x, [], y)",
    "json.patch(input, [{\"op\": \"add\", \"path\": x, \"value\": y}])",
    "to_number(x)",
    "split(x, y)",
    "graph.reachable(input.m, {x})",
    "base64.decode(x)",
    "yaml.unmarshal(x)",
    "bits.lsh(1, x)",
    "substring(x, i, -1)",
    "sort(x)",
    "min(x)",
    "rego.metadata.rule()"
  };
  private static final String[] HEADS = {
    "q if",
    "q := x if",
    "r contains x if",
    "o[x] := y if",
    "s.a[x].b := y if",
    "g(_) := y if",
    "g(1) := x if",
    "default q := 1\n\nq if",
    "s.a.b := x if",
    "g([_, z]) := z if",
    "t if"
  };
  private static final String[] DAMAGE = {
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":=",
    "=",
    "==",
    "not ",
    "some ",
    "every ",
    "with input as ",
    "with data.base as ",
    "with count as ",
    " in ",
    "else ",
    "if ",
    "\n",
    ".",
    "|",
    "\"",
    "_"
  };
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

  private final Random random = new Random(20261128);

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private String expression() {
    return switch (random.nextInt(9)) {
      case 0, 1 -> "v" + random.nextInt(100) + " := " + one(VALUES);
      case 2 -> one(VALUES) + " = " + one(VALUES);
      case 3 -> one(VALUES) + " == " + one(VALUES);
      case 4 -> one(VALUES) + " < " + one(VALUES);
      case 5 ->
          "some " + one(new String[] {"v", "v, w", "[v, w]", "[x, v]"}) + " in " + one(VALUES);
      case 6 -> "not " + one(VALUES);
      case 7 -> "every z in " + one(VALUES) + " { z != " + one(VALUES) + " }";
      default -> one(VALUES) + " with input.a as " + one(VALUES);
    };
  }

  private String policy() {
    StringBuilder out = new StringBuilder("package p\n");
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      List<String> body = new ArrayList<>();
      body.add("k := \"k\"");
      body.add("i := 1");
      body.add("x := " + one(VALUES).replaceAll("\\b[xy]\\b", "input.a"));
      body.add("y := " + one(VALUES).replaceAll("\\by\\b", "input.xs"));
      for (int n = random.nextInt(4); n > 0; n--) {
        body.add(expression());
      }
      out.append('\n').append(one(HEADS)).append(" {\n  ");
      out.append(String.join("\n  ", body)).append("\n}\n");
    }
    for (int n = random.nextInt(3); n > 1; n--) {
      out.insert(10 + random.nextInt(out.length() - 10), one(DAMAGE));
    }
    return out.toString();
  }

  @Test
  void nothingButTheEnginesOwnErrorsComesOut() {
    EvalOptions options =
        EvalOptions.builder()
            .limits(
                EvalLimits.ofDefaults()
                    .withDeadline(Duration.ofMillis(20))
                    .withMaxSteps(200_000)
                    .withMaxValues(20_000)
                    .withMaxStringBytes(200_000))
            .build();
    EvalOptions strict = options.toBuilder().strictBuiltinErrors(true).build();
    int evaluated = 0;
    for (int i = 0; i < POLICIES; i++) {
      String source = policy();
      PreparedQuery query;
      try {
        RegoPolicy policy =
            RegoPolicy.builder()
                .module("p.rego", source)
                .module("helpers.rego", HELPERS)
                .data(JsonObject.of("base", json("{'list': [1, 'a']}")))
                .compile();
        query = policy.prepare("data.p");
      } catch (RegoCompileException e) {
        assertThat(e.errors()).isNotEmpty();
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError("compiling\n" + source, e);
      }
      for (JsonValue input : INPUTS) {
        evaluated++;
        evaluate(query, input, i % 2 == 0 ? options : strict, source);
      }
    }
    assertThat(evaluated).isGreaterThan(POLICIES / 4);
  }

  private static void evaluate(
      PreparedQuery query, JsonValue input, EvalOptions options, String source) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3 && best > ALLOWED_NANOS; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      try {
        query.value(input, options);
      } catch (RegoEvalException e) {
        if (e.error().code().equals(ErrorCode.EVAL_INTERNAL)) {
          throw new AssertionError("evaluating\n" + source, e);
        }
      }
      best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }
    assertThat(best).as(source).isLessThanOrEqualTo(ALLOWED_NANOS);
  }
}
