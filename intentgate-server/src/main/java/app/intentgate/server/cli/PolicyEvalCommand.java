package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.spi.RegoError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "An undefined query prints {}. Exits with 0; with 1 when --fail or --fail-defined says so;"
          + " with 2 when something is wrong with the policy, the query or the evaluation: the"
          + " errors are printed as {\"errors\": ...}, or on standard error in other formats."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate policy eval -d payments.rego -i call.json data.intentgate.policy.decision",
      "  intentgate policy eval -d lib/ -I --format raw data.authz.allow < input.json",
      "  intentgate policy eval -b bundle.tar.gz --explain full --format pretty data.authz.allow"
    })
final class PolicyEvalCommand implements Callable<Integer> {
  @Mixin private PolicySources sources;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "the input document as JSON or YAML; - for standard input")
  private @Nullable String input;

  @Option(
      names = {"-I", "--stdin-input"},
      description = "the input document is on standard input")
  private boolean stdinInput;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "json|pretty|raw|values|bindings",
      description = "how to print results")
  private EvalPrinter.Kind format = EvalPrinter.Kind.JSON;

  @Option(names = "--strict-builtin-errors", description = "a failing built-in ends the evaluation")
  private boolean strictBuiltinErrors;

  @Option(
      names = "--explain",
      paramLabel = "off|full|notes|fails",
      description = "show which rules were tried and which expressions failed, with their values")
  private Explanation.Kind explain = Explanation.Kind.OFF;

  @Option(names = "--coverage", description = "report which rows were evaluated")
  private boolean coverage;

  @Option(names = "--profile", description = "report what each row cost")
  private boolean profile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.Work.class,
      description = "longest evaluation, such as 500ms; 10s unless given")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--fail",
      description = "exit with 1 when the query is undefined or has no result")
  private boolean fail;

  @Option(names = "--fail-defined", description = "exit with 1 when the query has a result")
  private boolean failDefined;

  @Parameters(paramLabel = "QUERY", description = "such as data.intentgate.policy.decision")
  private String query;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyEvalCommand() {}

  @Override
  public Integer call() throws Exception {
    EvalPrinter printer = new EvalPrinter(format, spec.commandLine());
    try {
      return evaluate(printer);
    } catch (RegoLoadException e) {
      printer.errors(PolicyErrors.json(e), String.valueOf(e.getMessage()));
    } catch (RegoCompileException e) {
      printer.errors(PolicyErrors.json(e.errors()), PolicyErrors.text(e.errors()));
    } catch (RegoEvalException e) {
      List<RegoError> errors = List.of(e.error());
      printer.errors(PolicyErrors.json(errors), PolicyErrors.text(errors));
    }
    return ExitCodes.UNREADABLE;
  }

  private int evaluate(EvalPrinter printer) throws RegoLoadException, IOException {
    RegoPolicy policy = sources.policy().prints(true).compile();
    Observation observation = new Observation(explain, coverage, profile);
    QueryRun run = new QueryRun(policy, query, sources.isV0(), observation.isNeeded());
    EvalOptions.Builder options =
        EvalOptions.builder()
            .limits(EvalLimits.ofDefaults().withDeadline(timeout))
            .strictBuiltinErrors(strictBuiltinErrors)
            .printer(line -> spec.commandLine().getErr().println(line));
    JsonValue document = document();
    List<QueryRun.Result> results = run.results(document, observation.watch(options).build());
    JsonObject report = observation.report(policy);
    printer.results(results, report, observation.explanation());
    boolean wrong = results.isEmpty() ? fail : failDefined;
    return wrong ? ExitCodes.REFUSED : ExitCodes.OK;
  }

  private @Nullable JsonValue document() throws RegoLoadException, IOException {
    if (stdinInput && input != null) {
      throw new UsageException("give the input either with --input or with --stdin-input");
    }
    String name = stdinInput ? "-" : input;
    return name == null ? null : Inputs.document(name);
  }
}
