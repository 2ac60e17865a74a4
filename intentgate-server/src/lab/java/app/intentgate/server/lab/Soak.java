package app.intentgate.server.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A constant rate for a long time: whether memory, threads, connections and latency stay. What a
 * page takes to the disk meanwhile, and what the host takes of the processors, tells what of the
 * latency is the machine's.
 */
final class Soak {
  private static final int MINUTE = 60;

  private Soak() {}

  static void run(String name, int rate, int minutes) throws Exception {
    try (Bench bench = new Bench();
        FlushWatch disk = new FlushWatch()) {
      Target target = bench.target(name);
      Processors processors = new Processors();
      long answered = Round.warm(target, MINUTE / 2, rate);
      Lab.say(
          Round.HEAD
              + "   RSS MiB  threads    files   flush mean/longest ms"
              + "   CPU busy/stolen %");
      String before = disk.lately();
      Lab.say("while it was warmed up: " + before + " ms, " + processors.lately() + " %");
      for (int minute = 0; minute < minutes; minute++) {
        Round one = Round.run(target, MINUTE, rate);
        answered += one.result().completed();
        Lab.say(
            "%s %9d %8d %8d   %21s   %s",
            one,
            target.child().rssMiB(),
            entries(target, "task"),
            entries(target, "fd"),
            disk.lately(),
            processors.lately());
      }
      if (target.store() != Target.Store.MEMORY) {
        Lab.say(Rows.check(target, answered));
      }
    }
  }

  private static long entries(Target target, String folder) throws IOException {
    try (var entries = Files.list(Path.of("/proc/" + target.child().pid() + "/" + folder))) {
      return entries.count();
    }
  }
}
