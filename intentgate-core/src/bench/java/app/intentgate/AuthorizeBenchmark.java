package app.intentgate;

import app.intentgate.intent.Intent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * A whole decision in memory: all four checks, the intent and the token cached, the event chained
 * and kept. Bars: 8 us at the median (6 aimed at), and at least 1.8 times the throughput on two
 * threads: compare the throughput of {@code oneThread} with that of {@code twoThreads}.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AuthorizeBenchmark {
  private final IntentGate gate =
      IntentGate.builder()
          .requireIntent(true)
          .requireBudget(true)
          .intentExtractor(
              request ->
                  CompletableFuture.completedFuture(
                      Intent.of(
                          "read invoices",
                          List.of("read_invoice", "list_invoices"),
                          List.of("pay_invoice"),
                          0.9)))
          .build();
  private final ToolCall first = call("invoice-agent");
  private final ToolCall second = call("ledger-agent");

  private ToolCall call(String agent) {
    CapabilityToken token =
        gate.mint(
            Grant.to(agent)
                .tenant(agent)
                .tools("read_*", "list_invoices")
                .maxCalls(1L << 50)
                .expiresIn(Duration.ofHours(1)));
    JsonObject arguments =
        (JsonObject) JsonReader.parse("{\"id\":\"INV-7\",\"lines\":[1,2,3],\"full\":true}");
    return ToolCall.of("read_invoice", arguments)
        .bearer(token)
        .prompt("show me the invoices of last week")
        .from("127.0.0.1:40000");
  }

  /** One thread. */
  @Benchmark
  public Decision oneThread() {
    return gate.authorize(first);
  }

  /** Two threads on one token: they share its counter and its tenant's chain. */
  @Benchmark
  @Threads(2)
  public Decision twoThreadsOneToken() {
    return gate.authorize(first);
  }

  /** Two threads, each with the token of a tenant of its own. */
  @Benchmark
  @Threads(2)
  public Decision twoThreads(Seat seat) {
    return gate.authorize(seat.index % 2 == 0 ? first : second);
  }

  /** Which thread is asking. */
  @State(Scope.Thread)
  public static class Seat {
    private int index;

    /** Takes the thread's number. */
    @Setup
    public void take(ThreadParams threads) {
      index = threads.getThreadIndex();
    }
  }

  /** Checks that what was measured was allowed calls. */
  @TearDown
  public void allowed() {
    if (!(gate.authorize(first) instanceof Decision.Allow)) {
      throw new IllegalStateException("the benchmark's call is not allowed");
    }
    gate.close();
  }
}
