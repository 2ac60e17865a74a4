package app.intentgate.server.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How long a gate takes from its first call under full load until it answers as many a second as it
 * ever will, with the archive that the build makes and without, and what it holds afterwards.
 */
final class WarmUp {
  private static final double STEP_SECONDS = 0.5;
  private static final double WARM = 0.8;

  private WarmUp() {}

  static void run(Target.Store store, int seconds, int rounds) throws Exception {
    Path archive = Path.of("intentgate-server/target/intentgate.jsa").toAbsolutePath();
    for (int round = 0; round < rounds; round++) {
      once("plain", store, seconds, "-Xmx128m");
      if (Files.exists(archive)) {
        once("archive", store, seconds, "-Xmx128m", "-Xlog:disable", Target.archived(archive));
      }
    }
  }

  private static void once(String way, Target.Store store, int seconds, String... jvm)
      throws Exception {
    try (Target gate = Target.gate("gate", store, Map.of(), jvm)) {
      FirstAnswer.await(gate, 0, Call.request());
      List<Double> rates = new ArrayList<>();
      while (rates.size() * STEP_SECONDS < seconds) {
        rates.add(Round.run(gate, STEP_SECONDS, 0).result().perSecond());
      }
      double steady = median(rates.subList(rates.size() * 2 / 3, rates.size()));
      Lab.say(
          "%-8s %-8s %.0f%% of %.0f calls/s after %.1f s; RSS %d MiB; load %s; each half second:"
              + " %s",
          store,
          way,
          WARM * 100,
          steady,
          warmAfter(rates, steady * WARM),
          gate.child().rssMiB(),
          Lab.loadAverage(),
          rates.stream().map(rate -> "" + Math.round(rate)).toList());
    }
  }

  /** The end of the first step at that rate; one step may have been lucky, two are not. */
  private static double warmAfter(List<Double> rates, double enough) {
    for (int i = 0; i + 1 < rates.size(); i++) {
      if (rates.get(i) >= enough && rates.get(i + 1) >= enough) {
        return (i + 1) * STEP_SECONDS;
      }
    }
    return Double.NaN;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
