package app.intentgate.server.lab;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What agents notice of operators: calls at a constant rate, alone and beside them, in turn. */
final class Beside {
  /** What a console asks while somebody looks at it. */
  private static final List<String> PAGES =
      List.of(
          "/v1/admin/audit?limit=100",
          "/v1/admin/audit?limit=100&decision=block",
          "/v1/admin/audit?limit=100&tool=read_invoice",
          "/v1/admin/approvals",
          "/v1/admin/tokens",
          "/v1/admin/tenants",
          "/v1/admin/policies/drafts",
          "/v1/admin/integrations");

  private static final int WARM_FACTOR = 10;

  private Beside() {}

  static void run(String name, int rate, int operators, int seconds, int rounds) throws Exception {
    ExecutorService operator = Executors.newSingleThreadExecutor();
    try (Bench bench = new Bench();
        Target target = bench.target(name);
        Console console = warm(target, rate)) {
      // What operators ask for is compiled too, which at their rate would take an hour.
      asked(operator, console, operators * WARM_FACTOR, target, rate, Lab.WARM_SECONDS);
      double[] ratios = new double[rounds];
      LoadGenerator.Result allAlone = null;
      LoadGenerator.Result allBeside = null;
      for (int i = 0; i < rounds; i++) {
        Round alone = Round.run(target, seconds, rate);
        Round beside = asked(operator, console, operators, target, rate, seconds);
        ratios[i] = beside.result().millis(0.99) / alone.result().millis(0.99);
        allAlone = allAlone == null ? alone.result() : allAlone.with(alone.result());
        allBeside = allBeside == null ? beside.result() : allBeside.with(beside.result());
        Lab.say(
            "alone p50 %.2f p99 %.2f ms; beside p50 %.2f p99 %.2f ms: p99 %.2fx",
            alone.result().millis(0.5),
            alone.result().millis(0.99),
            beside.result().millis(0.5),
            beside.result().millis(0.99),
            ratios[i]);
      }
      Arrays.sort(ratios);
      Lab.say(
          "of all rounds: p99 alone %.2f, beside %.2f ms: %.2fx",
          allAlone.millis(0.99),
          allBeside.millis(0.99),
          allBeside.millis(0.99) / allAlone.millis(0.99));
      Lab.say("median %.2fx; load average %s", ratios[rounds / 2], Lab.loadAverage());
    } finally {
      operator.shutdownNow();
    }
  }

  private static Console warm(Target target, int rate) throws Exception {
    var unused = Round.warm(target, Lab.WARM_SECONDS, rate);
    return new Console(target.port());
  }

  private static Round asked(
      ExecutorService operator,
      Console console,
      int operators,
      Target target,
      int rate,
      int seconds)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Future<Integer> pages = operator.submit(() -> ask(console, operators, over));
    Round round;
    try {
      round = Round.run(target, seconds, rate);
    } finally {
      over.set(true);
    }
    int told = answered(pages);
    Lab.say("operators: %d requests in %d s", told, seconds);
    return round;
  }

  private static int answered(Future<Integer> pages) throws InterruptedException {
    try {
      return pages.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an operator's request failed", e.getCause());
    }
  }

  /** Asks at a rate until it is over; what could not be asked in time is asked at once. */
  private static int ask(Console console, int perSecond, AtomicBoolean over)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    int asked = 0;
    while (!over.get()) {
      console.get(PAGES.get(asked % PAGES.size()));
      asked++;
      long due = start + asked * TimeUnit.SECONDS.toNanos(1) / perSecond;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
    }
    return asked;
  }
}
