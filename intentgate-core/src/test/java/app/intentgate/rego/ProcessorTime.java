package app.intentgate.rego;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What an evaluation takes of the processor: other processes that want it too do not count, nor
 * does a thread that collects garbage.
 *
 * <p>Between two looks at its deadline an evaluation does a step that is not cut, as reading a
 * document. How long one takes is the machine's affair: half as fast, it is twice as long. So what
 * exceeds the deadline is held against a document read and written here and now.
 */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MEMBERS = 30_000;

  private ProcessorTime() {}

  /** Nanoseconds of the processor that the calling thread has had. */
  static long nanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /**
   * Fails when an evaluation took more than is allowed on a machine of today, and more than its
   * deadline and six steps on this one.
   */
  static void assertWithin(long taken, Duration deadline, long allowedNanos, String source) {
    if (taken > allowedNanos) {
      assertThat(taken)
          .as("nanoseconds on the processor\n%s", source)
          .isLessThanOrEqualTo(deadline.toNanos() + 6 * stepNanos());
    }
  }

  /** Nanoseconds this machine now takes to read and write a document of half a MiB, once warm. */
  private static long stepNanos() {
    JsonObject.Builder members = JsonObject.builder();
    for (int i = 0; i < MEMBERS; i++) {
      members.put("k-" + Integer.toHexString(i * 0x9E3779B1), i);
    }
    byte[] document = members.build().toString().getBytes(UTF_8);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = nanos();
      int length = JsonReader.parse(document).toString().length();
      best = Math.min(best, nanos() - start);
      if (length != document.length) {
        throw new AssertionError("a document of " + document.length + " bytes became " + length);
      }
    }
    return best;
  }
}
