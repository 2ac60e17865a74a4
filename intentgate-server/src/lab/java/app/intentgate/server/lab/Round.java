package app.intentgate.server.lab;

import java.io.IOException;
import java.util.Locale;

/** One round of load on one server, and what it took. */
record Round(
    String target, int rate, LoadGenerator.Result result, double cpu, double kib, double gc) {
  static final String HEAD =
      "target               rate       rps   cpu us  alloc KiB   gc ms     p50 ms     p99 ms  "
          + " p99.9 ms";

  private static final int CONNECTIONS = 64;
  private static final byte[] REQUEST = Call.request();

  /**
   * Runs one.
   *
   * @param rate requests a second, or 0 for as many as the server answers
   */
  static Round run(Target target, double seconds, int rate) throws IOException {
    Figures before = Figures.of(target);
    LoadGenerator.Result result =
        new LoadGenerator(target.port(), REQUEST, CONNECTIONS).run(seconds, rate);
    Figures after = Figures.of(target);
    long calls = Math.max(1, result.completed());
    return new Round(
        target.name(),
        rate,
        result,
        (after.cpuMicros() - before.cpuMicros()) / calls,
        (after.allocated() - before.allocated()) / calls / 1024,
        (after.gcSeconds() - before.gcSeconds()) * 1000);
  }

  /**
   * Loads a server until what it does is compiled, and then for half as long at the rate that is
   * measured: one that is not always busy takes other ways, which are compiled anew.
   *
   * @param rate requests a second, or 0 for as many as the server answers
   * @return how many calls that were
   */
  static long warm(Target target, int seconds, int rate) throws Exception {
    FirstAnswer.await(target, 0, REQUEST);
    LoadGenerator generator = new LoadGenerator(target.port(), REQUEST, CONNECTIONS);
    long calls = generator.run(seconds, 0).completed() + 1;
    return rate == 0 ? calls : calls + generator.run(seconds / 2.0, rate).completed();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-18s %6s %9.0f %8.1f %10s %7s %10.2f %10.2f %10.2f",
        target,
        rate == 0 ? "-" : rate,
        result.perSecond(),
        cpu,
        known("%.2f", kib),
        known("%.0f", gc),
        result.millis(0.5),
        result.millis(0.99),
        result.millis(0.999));
  }

  private static String known(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
