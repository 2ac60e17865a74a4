package app.intentgate.rego;

import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From source to a prepared query. Bar: at most 1.2 ms for the agent's policy, 0.5 aimed at. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RegoCompileBenchmark {
  private String source = "";

  /** Reads the source. */
  @Setup
  public void read() throws IOException {
    source = Files.readString(GoldenData.rego("bench").resolve("agent.rego"));
  }

  /** Parses, compiles and plans. */
  @Benchmark
  public PreparedQuery compile() {
    return RegoPolicy.builder()
        .module("agent.rego", source)
        .compile()
        .prepare("data.bench.agent.decision");
  }
}
