package app.intentgate.server.cli;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.load.RegoLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a query. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Evaluate a Rego query again and again, and print how long one evaluation takes. The query is"
          + " prepared once; the time is that of the evaluation, after a second of warming up.",
      "",
      "Exits with 0; with 1 when the query is undefined (see --no-fail) or cannot be evaluated."
    },
    footer = {
      "",
      "Example:",
      "  intentgate policy bench -d payments.rego -i call.json data.intentgate.policy.decision"
    })
final class PolicyBenchCommand implements Callable<Integer> {
  /** How figures are printed. */
  enum BenchFormat {
    PRETTY,
    JSON
  }

  @Mixin private PolicySources sources;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description = "the input document as JSON or YAML; - for standard input")
  private @Nullable String input;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Counts.class,
      description = "how many measurements; 1 unless given")
  private int count = 1;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Durations.Work.class,
      description = "how long a measurement takes; 1s unless given")
  private Duration time = Duration.ofSeconds(1);

  @Option(names = "--no-fail", description = "measure a query that is undefined, too")
  private boolean undefinedIsFine;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "pretty|json",
      description = "how to print figures")
  private BenchFormat format = BenchFormat.PRETTY;

  @Parameters(paramLabel = "QUERY", description = "such as data.intentgate.policy.decision")
  private String query;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyBenchCommand() {}

  @Override
  public Integer call() throws IOException {
    try {
      RegoPolicy policy = sources.policy().compile();
      QueryRun run = new QueryRun(policy, query, sources.isV0(), false);
      JsonValue document = input == null ? null : Inputs.document(input);
      if (run.results(document, EvalOptions.ofDefaults()).isEmpty() && !undefinedIsFine) {
        spec.commandLine()
            .getErr()
            .println("1 error occurred: undefined result (--no-fail measures it all the same)");
        return ExitCodes.REFUSED;
      }
      measure(run, document, Duration.ofSeconds(1));
      for (int i = 0; i < count; i++) {
        print(measure(run, document, time));
      }
      return ExitCodes.OK;
    } catch (RegoLoadException e) {
      spec.commandLine().getErr().println(e.getMessage());
    } catch (RegoCompileException e) {
      spec.commandLine().getErr().println(PolicyErrors.text(e.errors()));
    } catch (RegoEvalException e) {
      spec.commandLine().getErr().println(PolicyErrors.text(List.of(e.error())));
    }
    return ExitCodes.REFUSED;
  }

  /** The times of evaluations in batches, so that reading the clock counts for nothing. */
  private record Figures(long evaluations, double nanos, double median, double slow) {}

  private static Figures measure(QueryRun run, @Nullable JsonValue document, Duration time) {
    EvalOptions options = EvalOptions.ofDefaults();
    int batch = 16;
    List<Double> times = new ArrayList<>();
    long evaluations = 0;
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long now = begin;
    while (now < end) {
      for (int i = 0; i < batch; i++) {
        var unused = run.results(document, options);
      }
      long after = System.nanoTime();
      times.add((after - now) / (double) batch);
      evaluations += batch;
      now = after;
    }
    times.sort(null);
    return new Figures(
        evaluations,
        (now - begin) / (double) evaluations,
        times.get(times.size() / 2),
        times.get(Math.min(times.size() - 1, times.size() * 99 / 100)));
  }

  private void print(Figures figures) {
    if (format == BenchFormat.JSON) {
      JsonObject json =
          JsonObject.builder(4)
              .put("N", JsonNumber.of(figures.evaluations))
              .put("ns_per_op", number(figures.nanos))
              .put("histogram_timer_rego_query_eval_ns_median", number(figures.median))
              .put("histogram_timer_rego_query_eval_ns_99%", number(figures.slow))
              .build();
      spec.commandLine().getOut().println(PrettyJson.of(json));
      return;
    }
    List<List<String>> rows =
        List.of(
            List.of("metric", "value"),
            List.of("samples", Long.toString(figures.evaluations)),
            List.of("ns/op", rounded(figures.nanos)),
            List.of("ns/op, median of batches of 16", rounded(figures.median)),
            List.of("ns/op, 99 % of batches of 16", rounded(figures.slow)));
    new TextTable(rows).print(spec.commandLine().getOut());
  }

  private static JsonNumber number(double value) {
    return JsonNumber.of(Math.round(value));
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
