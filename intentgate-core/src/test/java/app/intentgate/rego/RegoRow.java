package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link RegoTable}.
 *
 * @param source the Rego
 * @param answers what is expected of it; nothing where it is accepted
 */
public record RegoRow(String source, List<String> answers) {
  private static final String PACKAGE = "package test\n\n";
  private static final String INPUT = "# input ";
  private static final String UNDEFINED = "undefined";

  /** The source as the rules of a module of package {@code test}: its first row is 3. */
  public String module() {
    return PACKAGE + source;
  }

  /** The source as several modules: a line {@code ##--} ends one. */
  public List<String> modules() {
    return List.of(source.split("(?m)^##--\n"));
  }

  /** An error as tables show it: {@code row:col type: message}. */
  public static String text(RegoError error) {
    String kind = error.code().replace("rego_", "").replace("_error", "");
    String message = error.message().replaceAll("\n *", " / ");
    return error.location().row() + ":" + error.location().col() + " " + kind + ": " + message;
  }

  /** Fails unless these are the errors, in this order. */
  public void isAnsweredBy(List<RegoError> errors) {
    assertThat(errors.stream().map(RegoRow::text)).as(source).containsExactlyElementsOf(answers);
  }

  /** Fails unless this is the text. */
  public void isAnsweredBy(String text) {
    assertThat(text).as(source).isEqualTo(String.join("\n", answers));
  }

  /**
   * Compiles the source as the rules of a module and fails unless {@code data.test.p} has the value
   * that the row has: {@code undefined} for none, {@code eval_conflict_error: ...} and the like for
   * the end of the evaluation. A first line {@code # input ...} holds the input.
   */
  public void isAnsweredByEvaluation() {
    RegoPolicy policy = RegoPolicy.builder().module("m0.rego", module()).compile();
    isAnsweredByEvaluation(policy);
  }

  /** Fails unless {@code data.test.p} of a policy has the value of the row. */
  public void isAnsweredByEvaluation(RegoPolicy policy) {
    String got;
    try {
      JsonValue value = policy.prepare("data.test.p").value(input(), EvalOptions.ofDefaults());
      got = value == null ? UNDEFINED : value.toString();
    } catch (RegoEvalException e) {
      got = String.valueOf(e.getMessage()).replaceFirst("^[^:]*:\\d+: ", "");
    }
    isAnsweredBy(got);
  }

  private @Nullable JsonValue input() {
    String first = source.lines().findFirst().orElse("");
    return first.startsWith(INPUT) ? JsonReader.parseRego(first.substring(INPUT.length())) : null;
  }

  @Override
  public String toString() {
    return source;
  }
}
