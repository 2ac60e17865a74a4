package app.intentgate.testing;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/**
 * Counts the cases of one golden file, runs them all whatever fails, and prints one line: {@code
 * vectors tokens.json: 172 passed, 0 failed}. A file without cases fails. Not thread-safe.
 */
public final class Tally {
  private static final int SHOWN = 20;

  /** One case. */
  @FunctionalInterface
  public interface Case {
    /** Throws, as assertions do, when the case fails. */
    void run() throws Throwable;
  }

  private final String title;
  private final List<String> failures = new ArrayList<>();
  private int passed;

  private Tally(String title) {
    this.title = title;
  }

  /** A count whose line starts with this title, such as {@code vectors tokens.json}. */
  public static Tally of(String title) {
    return new Tally(title);
  }

  /** Runs one case and notes how it ended. */
  public void check(String name, Case testCase) {
    try {
      testCase.run();
      passed++;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      failures.add(name + ": " + e);
    }
  }

  /** Prints the line; fails, naming the first failures, unless all cases passed. */
  public void finish() {
    System.out.println(title + ": " + passed + " passed, " + failures.size() + " failed");
    if (!failures.isEmpty()) {
      int shown = Math.min(SHOWN, failures.size());
      Assertions.fail(
          failures.size() + " failed:\n" + String.join("\n", failures.subList(0, shown)));
    }
    Assertions.assertNotEquals(0, passed, title + " has no cases");
  }
}
