package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Migrated;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two gates as two processes; one is killed and started again while both spend. */
class KilledGateBudgetTest {
  private static final int MAX = 20_000;
  private final List<Process> started = new ArrayList<>();

  private Process start(String url) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BudgetSpender.class.getName(),
                url,
                String.valueOf(MAX))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  /** Counts what a gate was granted, up to a number, or until it ends. */
  private static int granted(BufferedReader lines, int limit) throws IOException {
    int granted = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      granted += line.equals("granted") ? 1 : 0;
      if (granted == limit || line.equals("end")) {
        break;
      }
    }
    return granted;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  @Timeout(180)
  void a_killed_gate_may_lose_calls_and_no_call_is_granted_twice() throws Exception {
    String url = EmbeddedPostgresServer.newMigratedDatabase();
    try (Database database = Migrated.open(TwoGates.target(url))) {
      assertThat(database.config().toString()).doesNotContain("postgres:postgres");
    }
    Process steady = start(url);
    Process victim = start(url);
    int total = granted(reader(victim), 500);
    victim.toHandle().destroyForcibly();
    assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
    int rest = granted(reader(victim), Integer.MAX_VALUE);
    Process again = start(url);
    BufferedReader steadyLines = reader(steady);
    int[] bySteady = new int[1];
    Thread reading =
        new Thread(
            () -> {
              try {
                bySteady[0] = granted(steadyLines, Integer.MAX_VALUE);
              } catch (IOException e) {
                bySteady[0] = -1;
              }
            });
    reading.start();
    int byAgain = granted(reader(again), Integer.MAX_VALUE);
    reading.join();
    int sum = total + rest + bySteady[0] + byAgain;
    System.out.printf(
        "granted %d of %d: victim %d, steady %d, restarted %d%n",
        sum, MAX, total + rest, bySteady[0], byAgain);
    assertThat(sum).isLessThanOrEqualTo(MAX).isGreaterThan(MAX - 3_000);
  }
}
