package app.intentgate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** What the core and the JDK log, whatever they hand over. */
class PlatformLoggersTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Logger ours = new PlatformLoggers().getLogger("app.intentgate.x.Thing", null);
  private final Logger theirs = new PlatformLoggers().getLogger("jdk.internal.httpclient", null);
  private PrintStream before;

  @BeforeEach
  void capture() {
    before = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    LogOutput.configure(Level.INFO, false);
  }

  @AfterEach
  void release() {
    System.setErr(before);
    LogOutput.configure(Level.INFO, false);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"{0", "{x}", "{-1}", "a {0} and {"})
  void a_message_that_is_no_pattern_is_written_and_fails_nobody(String format) {
    ours.log(Logger.Level.WARNING, format, "value");

    assertThat(text()).endsWith(" WARN Thing: " + format + " [value]\n");
  }

  @Test
  void values_stand_where_the_pattern_says() {
    ours.log(Logger.Level.ERROR, "{1} before {0}", "b", "a\nb");
    ours.log(Logger.Level.INFO, "{0} without values", (Object[]) null);
    ours.log(Logger.Level.INFO, (String) null);

    assertThat(text().lines().map(line -> line.substring(line.indexOf(' ') + 1)))
        .containsExactly(
            "ERROR Thing: a\\u000ab before b",
            "INFO Thing: {0} without values",
            "INFO Thing: null");
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void ours_is_shown_from_the_level_on_and_a_librarys_from_warnings_on(Level lowest) {
    LogOutput.configure(lowest, false);
    List<String> expected = new ArrayList<>();
    for (Logger.Level level : Logger.Level.values()) {
      ours.log(level, "ours");
      theirs.log(level, "theirs");
      if (level == Logger.Level.OFF || level == Logger.Level.ALL) {
        continue;
      }
      Level same = Level.valueOf(level == Logger.Level.WARNING ? "WARN" : level.name());
      boolean debugging = lowest.toInt() <= Level.DEBUG.toInt();
      boolean shown = same.toInt() >= lowest.toInt();
      assertThat(ours.isLoggable(level)).as("%s at %s", level, lowest).isEqualTo(shown);
      if (shown) {
        expected.add(same + " Thing: ours");
      }
      if (shown && (debugging || same.toInt() >= Level.WARN.toInt())) {
        expected.add(same + " httpclient: theirs");
      }
    }
    assertThat(ours.isLoggable(Logger.Level.OFF)).isFalse();

    assertThat(text().lines().map(line -> line.substring(line.indexOf(' ') + 1)))
        .filteredOn(line -> !line.startsWith("TRACE") || lowest != Level.TRACE)
        .containsExactlyElementsOf(
            expected.stream().filter(line -> !line.startsWith("TRACE")).toList());
  }

  @Test
  void a_failure_comes_with_its_trace_and_a_level_that_is_not_shown_costs_no_text() {
    ours.log(Logger.Level.ERROR, "failed", new IllegalStateException("why"));
    ours.log(
        Logger.Level.DEBUG,
        () -> {
          throw new AssertionError("made for nobody");
        });

    assertThat(text()).contains("ERROR Thing: failed\n  java.lang.IllegalStateException: why\n");
    assertThat(text()).doesNotContain("made for nobody");
  }
}
