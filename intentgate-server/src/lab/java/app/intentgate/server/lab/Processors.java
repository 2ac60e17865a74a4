package app.intentgate.server.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * How full the machine's processors are, and how much of them its host gave to others meanwhile
 * ({@code proc_stat(5)}).
 */
final class Processors {
  private static final Path STAT = Path.of("/proc/stat");
  private static final int IDLE = 3;
  private static final int WAITING_FOR_DISKS = 4;
  private static final int STOLEN = 7;
  private static final int COUNTED = 8;

  private long[] before;

  Processors() throws IOException {
    before = ticks();
  }

  private static long[] ticks() throws IOException {
    String all = Files.readAllLines(STAT).get(0);
    return Arrays.stream(all.split("\\s+"))
        .skip(1)
        .limit(COUNTED)
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** The share of time they worked, and of time they were wanted and not given, in percent. */
  String lately() throws IOException {
    long[] now = ticks();
    long all = 0;
    for (int i = 0; i < COUNTED; i++) {
      all += now[i] - before[i];
    }
    long free = share(now, IDLE) + share(now, WAITING_FOR_DISKS) + share(now, STOLEN);
    String said =
        String.format(
            Locale.ROOT,
            "%.0f/%.1f",
            100.0 * (all - free) / Math.max(1, all),
            100.0 * share(now, STOLEN) / Math.max(1, all));
    before = now;
    return said;
  }

  private long share(long[] now, int kind) {
    return now[kind] - before[kind];
  }
}
