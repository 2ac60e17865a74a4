package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.spi.RegoError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates a query. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Evaluate a Rego query over policies, data and input, and print {\"result\": ...}.",
      "",
      "An undefined query prints {}. Exits with 0, or with 2 when something is wrong with the"
          + " policy, the query or the evaluation."
    },
    footer = {
      "",
      "Example:",
      "  intentgate policy eval -d payments.rego -i call.json data.intentgate.policy.decision"
    })
final class PolicyEvalCommand implements Callable<Integer> {
  @Option(
      names = {"-d", "--data"},
      paramLabel = "PATH",
      description = "policies (.rego) and data (.json): files or folders; may be repeated")
  private List<Path> data = List.of();

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "the input document as JSON; - for standard input")
  private @Nullable String input;

  @Option(names = "--strict-builtin-errors", description = "a failing built-in ends the evaluation")
  private boolean strictBuiltinErrors;

  @Option(names = "--v0-compatible", description = "read the modules as Rego before OPA 1.0")
  private boolean v0;

  @Option(
      names = "--fail",
      description = "exit with 1 when the query is undefined or has no result")
  private boolean fail;

  @Parameters(paramLabel = "QUERY", description = "such as data.intentgate.policy.decision")
  private String query;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyEvalCommand() {}

  @Override
  public Integer call() throws Exception {
    PolicyFiles files = PolicyFiles.read(data);
    JsonValue document = input == null ? null : Inputs.json(input);
    RegoPolicy.Builder policy = RegoPolicy.builder().data(files.data()).v0Compatible(v0);
    files.modules().forEach(policy::module);
    List<RegoError> errors;
    try {
      JsonObject result = evaluate(policy.compile().prepare(query), document);
      spec.commandLine().getOut().println(PrettyJson.of(result));
      return fail && result.isEmpty() ? ExitCodes.REFUSED : ExitCodes.OK;
    } catch (RegoCompileException e) {
      errors = e.errors();
    } catch (RegoEvalException e) {
      errors = List.of(e.error());
    }
    spec.commandLine().getOut().println(PrettyJson.of(PolicyErrors.json(errors)));
    return ExitCodes.UNREADABLE;
  }

  private JsonObject evaluate(PreparedQuery prepared, @Nullable JsonValue document) {
    EvalOptions options =
        EvalOptions.builder()
            .strictBuiltinErrors(strictBuiltinErrors)
            .printer(line -> spec.commandLine().getErr().println(line))
            .build();
    List<JsonValue> results = new ArrayList<>();
    try {
      JsonValue value = prepared.value(document, options);
      if (value != null) {
        results.add(result(value, JsonObject.EMPTY));
      }
    } catch (IllegalStateException severalExpressions) {
      for (JsonObject bindings : prepared.results(document, options)) {
        results.add(result(JsonValue.of(true), bindings));
      }
    }
    return results.isEmpty()
        ? JsonObject.EMPTY
        : JsonObject.of("result", JsonArray.copyOf(results));
  }

  private JsonObject result(JsonValue value, JsonObject bindings) {
    JsonObject expression =
        JsonObject.builder(3)
            .put("value", value)
            .put("text", query)
            .put("location", JsonObject.of("row", JsonNumber.of(1), "col", JsonNumber.of(1)))
            .build();
    JsonObject.Builder result = JsonObject.builder(2).put("expressions", JsonArray.of(expression));
    return bindings.isEmpty() ? result.build() : result.put("bindings", bindings).build();
  }
}
