package app.intentgate;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What two threads of this machine do of work that shares nothing, and of work that only allocates:
 * the yardstick for every figure of two threads. Twice {@code alone} divided by {@code together}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MachineBenchmark {
  private long state = System.nanoTime();

  private long spin() {
    long x = state;
    for (int i = 0; i < 500; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    state = x;
    return x;
  }

  private long[] allocate() {
    return new long[] {state++, 2, 3, 4, 5, 6, 7, 8};
  }

  /** Arithmetic on one thread. */
  @Benchmark
  public long arithmeticAlone() {
    return spin();
  }

  /** Arithmetic on two. */
  @Benchmark
  @Threads(2)
  public long arithmeticTogether() {
    return spin();
  }

  /** Small arrays that die at once, on one thread. */
  @Benchmark
  public long[] allocationAlone() {
    return allocate();
  }

  /** The same on two. */
  @Benchmark
  @Threads(2)
  public long[] allocationTogether() {
    return allocate();
  }
}
