package app.intentgate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogOutputTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private PrintStream before;

  @BeforeEach
  void capture() {
    before = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(before);
    LogOutput.configure(Level.INFO, false);
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLineForPeopleIsOneLineWhateverItsText() {
    LogOutput.configure(Level.INFO, false);
    LoggerFactory.getLogger("app.intentgate.x.Thing").warn("tool {} called", "a\nb\u001b[31m");

    assertThat(text()).endsWith(" WARN Thing: tool a\\u000ab\\u001b[31m called\n");
    assertThat(text().lines()).hasSize(1);
  }

  @Test
  void noLineOfATraceLooksLikeAnEntry() {
    LogOutput.configure(Level.INFO, false);
    LoggerFactory.getLogger("app.intentgate.x.Thing")
        .error(
            "failed",
            new IllegalStateException(
                "no\n2026-01-01T00:00:00Z ERROR Gate: forged\r\u001b[31m",
                new IllegalArgumentException("why")));

    assertThat(text().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("  "));
    assertThat(text())
        .contains("\n  java.lang.IllegalStateException: no\n  2026-01-01")
        .contains("forged\\u000d\\u001b[31m\n    at ")
        .contains("\n  Caused by: java.lang.IllegalArgumentException: why\n");
  }

  @Test
  void aJsonLineIsJsonWhateverItsText() throws Exception {
    LogOutput.configure(Level.INFO, true);
    LoggerFactory.getLogger("app.intentgate.x.Thing")
        .error("quote \" and \ud800", new IllegalStateException("why"));

    JsonNode line = Vectors.JSON.readTree(text());
    assertThat(line.path("level").asText()).isEqualTo("error");
    assertThat(line.path("message").asText()).startsWith("quote \" and ");
    assertThat(line.path("exception").asText()).contains("IllegalStateException: why");
    assertThat(text().lines()).hasSize(1);
  }

  @Test
  void theLevelHoldsAndLibrariesShowWarningsAlone() {
    LogOutput.configure(Level.INFO, false);
    LoggerFactory.getLogger("app.intentgate.x").debug("hidden");
    LoggerFactory.getLogger("org.eclipse.jetty.x").info("hidden");
    System.getLogger("app.intentgate.core").log(System.Logger.Level.INFO, "shown {0}", 1);

    assertThat(text()).doesNotContain("hidden").contains("shown 1");
  }
}
