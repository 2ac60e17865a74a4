package app.intentgate.rego;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.spi.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A few rules of the package {@code p}, for tests that ask what they give. Answers are texts: a
 * Rego term, {@code undefined}, or one of {@code builtin error:}, {@code type error:} and {@code
 * conflict:} with the message. Immutable.
 */
public final class Asked {
  private final RegoPolicy policy;
  private final @Nullable JsonValue input;
  private final EvalOptions options;

  private Asked(RegoPolicy policy, @Nullable JsonValue input, EvalOptions options) {
    this.policy = policy;
    this.input = input;
    this.options = options;
  }

  /** Compiles rules; no input and no data. */
  public static Asked of(String rules) {
    return of(rules, "{}");
  }

  /** Compiles rules with base data, which is JSON with quotes of either kind. */
  public static Asked of(String rules, String data) {
    return of(RegoPolicy.builder().module("p.rego", "package p\n\n" + rules), data);
  }

  /** Compiles modules with base data, which is JSON with quotes of either kind. */
  public static Asked of(RegoPolicy.Builder modules, String data) {
    RegoPolicy policy = modules.data((JsonObject) json(data)).compile();
    return new Asked(policy, null, EvalOptions.ofDefaults());
  }

  /** JSON with single quotes for double ones, read as policies read it. */
  public static JsonValue json(String text) {
    return JsonReader.parseRego(text.replace('\'', '"').getBytes(UTF_8));
  }

  /** The same with an input, which is JSON with quotes of either kind. */
  public Asked input(String newInput) {
    return new Asked(policy, json(newInput), options);
  }

  /** The same with other options. */
  public Asked with(EvalOptions newOptions) {
    return new Asked(policy, input, newOptions);
  }

  /** The same, where a failing built-in is an error. */
  public Asked strict() {
    return with(options.toBuilder().strictBuiltinErrors(true).build());
  }

  /** What {@code data.p.<rule>} is. */
  public String rule(String rule) {
    return query("data.p." + rule);
  }

  /** The value of a query that is one term. */
  public String query(String query) {
    PreparedQuery prepared = policy.prepare(query);
    try {
      return text(prepared.value(input, options));
    } catch (RegoEvalException e) {
      return text(e);
    }
  }

  /** The solutions of a query, each as a term, in the order in which they are given. */
  public List<String> results(String query) {
    PreparedQuery prepared = policy.prepare(query);
    try {
      return prepared.results(input, options).stream().map(Asked::text).toList();
    } catch (RegoEvalException e) {
      return List.of(text(e));
    }
  }

  /** The solutions of a query in Rego's order, for queries whose order nobody promises. */
  public String sorted(String query) {
    return results(query).stream().sorted().collect(Collectors.joining(" "));
  }

  private static String text(@Nullable JsonValue value) {
    return value == null ? "undefined" : RegoText.of(value);
  }

  private static String text(RegoEvalException e) {
    String kind =
        switch (e.error().code()) {
          case ErrorCode.EVAL_BUILTIN -> "builtin error";
          case ErrorCode.EVAL_TYPE -> "type error";
          case ErrorCode.EVAL_CONFLICT -> "conflict";
          default -> e.error().code();
        };
    return kind + ": " + e.error().message();
  }
}
