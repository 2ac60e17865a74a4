package app.intentgate.policy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The built-in policy, prepared, with its input as JSON values. Bars: at most 2 us and 600 bytes
 * allocated (run with {@code -prof gc}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DefaultPolicyBenchmark {
  /** The tool that is called: a prefix rule, a set, a number to compare, and no rule at all. */
  @Param({"read_invoice", "web_search", "transfer_funds", "unknown"})
  public String tool = "read_invoice";

  private final PreparedQuery query =
      RegoPolicy.builder()
          .module("default.rego", BuiltInPolicies.defaultSource())
          .compile()
          .prepare(RegoPolicyEngine.QUERY);
  private final EvalOptions options = EvalOptions.ofDefaults();
  private JsonObject input = JsonObject.EMPTY;

  /** Makes the input. */
  @Setup
  public void input() {
    input =
        (JsonObject)
            JsonReader.parse(
                "{\"tool\":\""
                    + tool
                    + "\",\"args\":{\"amount_eur\":4200,\"invoice\":\"INV-7\"},"
                    + "\"agent_id\":\"invoice-agent\","
                    + "\"capability\":{\"subject\":\"invoice-agent\"}}");
  }

  /** One decision. */
  @Benchmark
  public @Nullable JsonValue decide() {
    return query.value(input, options);
  }
}
