package app.intentgate.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments under load loses no answered event (B43). Few rounds by
 * default; more with {@code -Dintentgate.fault.rounds=N}.
 */
@Timeout(3600)
@ExtendWith(QuietLog.class)
class KilledWriterTest {
  private static final int ROUNDS = Integer.getInteger("intentgate.fault.rounds", 3);

  @TempDir private Path directory;

  /** Appends for ever, and prints each event's tenant, number and hash once it is durable. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      try (FileAuditStore store = FileAuditStore.open(Path.of(args[0]))) {
        RandomEvents random = new RandomEvents(Long.parseLong(args[1]));
        out.println("open");
        while (true) {
          for (int i = random.text().length(); i > 0; i--) {
            store
                .append(random.next())
                .thenAccept(e -> out.println(e.chain() + " " + e.seq() + " " + e.hash()));
          }
          until(() -> store.health().pending() <= 500);
        }
      }
    }
  }

  @Test
  void noAnsweredEventIsLostAndNoneIsThereTwice() throws Exception {
    Path log = directory.resolve("audit.jsonl");
    Random random = new Random(30);
    Map<String, String> answered = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      readUntilKilled(start(log, round), random.nextInt(3000), answered);
    }
    assertThat(answered).isNotEmpty();
    Set<String> stored = new HashSet<>();
    try (FileAuditStore store = FileAuditStore.open(log)) {
      store.export(
          AuditQuery.all(),
          e -> {
            String key = e.chain() + " " + e.seq();
            assertThat(stored.add(key)).as("%s is there once", key).isTrue();
            String hash = answered.remove(key);
            assertThat(hash).isIn(null, e.hash());
            return true;
          });
      for (ChainHead head : store.heads()) {
        assertThat(store.verify(head.chain(), null, null).broken()).isNull();
      }
    }
    assertThat(answered).as("answered and lost").isEmpty();
  }

  @Test
  void aFileThatAnotherProcessHasOpenIsRefusedUntilThatEnds() throws Exception {
    Path log = directory.resolve("held.jsonl");
    Process child = start(log, 1);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("open");

      assertThatThrownBy(() -> FileAuditStore.open(log))
          .isInstanceOfSatisfying(
              AuditException.class,
              e -> assertThat(e.code()).isEqualTo(AuditException.Code.DIRECTORY_HELD))
          .hasMessageContaining("process " + child.pid() + ":");

      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      FileAuditStore.open(log).close();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aRefusedSecondOpenLeavesTheFirstItsLock() throws Exception {
    Path log = directory.resolve("ours.jsonl");
    FileAuditStore store = FileAuditStore.open(log);
    assertThatThrownBy(() -> FileAuditStore.open(log))
        .hasMessageContaining("process " + ProcessHandle.current().pid() + ":");

    Process child = start(log, 1);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as("what another process that opens it says").isNull();
    } finally {
      child.destroyForcibly();
      store.close();
    }
  }

  private static Process start(Path log, int seed) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), log.toString(), Integer.toString(seed)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void readUntilKilled(Process child, int lines, Map<String, String> answered)
      throws Exception {
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("open");
      int read = 0;
      for (String line; (line = out.readLine()) != null; read++) {
        if (read == lines) {
          child.toHandle().destroyForcibly();
        }
        int last = line.lastIndexOf(' ');
        // The last line may be cut short by the kill.
        if (line.length() - last == ChainHasher.HASH_LENGTH + 1) {
          answered.put(line.substring(0, last), line.substring(last + 1));
        }
      }
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(read).isGreaterThanOrEqualTo(lines);
    } finally {
      child.destroyForcibly();
    }
  }
}
