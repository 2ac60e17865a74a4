package app.intentgate.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Signals to other processes. */
public final class Signals {
  private Signals() {}

  /** Sends each a signal, such as TERM, and does not wait for what it does. */
  public static void send(String name, Collection<ProcessHandle> processes) {
    List<String> kill = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> kill.add(Long.toString(process.pid())));
    try {
      Process run =
          new ProcessBuilder(kill)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!run.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("kill does not end");
      }
    } catch (IOException e) {
      throw new AssertionError("kill cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * Makes each stand still, and returns when it does. The signal itself does not: one thread of a
   * process takes it and passes it on, and until it gets a processor the others go on answering.
   */
  public static void freeze(Collection<ProcessHandle> processes) {
    send("STOP", processes);
    Eventually.until(
        "the processes to stand still", () -> processes.stream().allMatch(Signals::standsStill));
  }

  /** Lets each go on. */
  public static void thaw(Collection<ProcessHandle> processes) {
    send("CONT", processes);
  }

  /** Whether no thread of it can do anything; one that has ended cannot. */
  private static boolean standsStill(ProcessHandle process) {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(threads)) {
      // It has ended, or the system does not say.
      return true;
    }
    try (Stream<Path> each = Files.list(threads)) {
      return each.allMatch(thread -> "TZX".indexOf(state(thread)) >= 0);
    } catch (IOException e) {
      return !process.isAlive();
    }
  }

  private static char state(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      // Ended meanwhile.
      return 'X';
    }
  }
}
