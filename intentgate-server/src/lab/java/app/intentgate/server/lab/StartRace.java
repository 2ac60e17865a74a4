package app.intentgate.server.lab;

import app.intentgate.server.lab.Target.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start of the process to the first answer, and what an idle gate takes. */
final class StartRace {
  private static final int IDLE_MILLIS = 5_000;

  private StartRace() {}

  static void run(int rounds) throws Exception {
    byte[] request = Call.request();
    Path archive = Path.of("intentgate-server/target/intentgate.jsa");
    List<String[]> ways = new ArrayList<>();
    ways.add(new String[] {"-Xmx128m"});
    if (Files.exists(archive)) {
      ways.add(new String[] {"-Xmx128m", "-Xlog:disable", Target.archived(archive)});
    }
    for (int round = 0; round < rounds; round++) {
      double bare;
      long begin = System.nanoTime();
      try (Target javalin = Target.javalin()) {
        bare = FirstAnswer.await(javalin, begin, request);
      }
      for (Store store : List.of(Store.MEMORY, Store.SQLITE)) {
        for (String[] way : ways) {
          begin = System.nanoTime();
          try (Target gate = Target.gate("gate", store, Map.of(), way)) {
            double own = FirstAnswer.await(gate, begin, request);
            Thread.sleep(IDLE_MILLIS);
            Lab.say(
                "%-7s %-8s %.2f s, of a bare application's %.2f s: %.2f; idle RSS %d MiB; load %s",
                store,
                way.length > 1 ? "archive" : "plain",
                own,
                bare,
                own / bare,
                gate.child().rssMiB(),
                Lab.loadAverage());
          }
        }
      }
    }
  }
}
