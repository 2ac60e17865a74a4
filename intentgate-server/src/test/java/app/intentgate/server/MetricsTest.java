package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads. */
@Timeout(60)
class MetricsTest {
  @TempDir Path directory;

  private static List<String> series(TestGate gate) {
    return gate.get("/metrics").text().lines().filter(l -> !l.startsWith("#")).toList();
  }

  @Test
  void labelsComeInTheOrderThatTheConsoleReads() {
    try (TestGate gate = TestGate.start(directory, "METRICS_ENABLED", "true")) {
      gate.call("read_a");

      List<String> lines = series(gate);

      assertThat(lines)
          .anyMatch(l -> l.contains("check_decisions_total{check=\"policy\",decision=\"allow\"} 1"))
          .anyMatch(
              l ->
                  l.contains(
                      "http_request_duration_seconds_bucket{method=\"POST\",route=\"/v1/mcp\",le=\""))
          .anyMatch(l -> l.startsWith("intentgate_gateway_audit_stored_total 1"))
          .anyMatch(l -> l.startsWith("intentgate_gateway_approvals_waiting 0"))
          .anyMatch(l -> l.startsWith("jvm_memory_used_bytes"));
    }
  }

  @Test
  void whatStrangersAskForMakesNoSeriesOfItsOwn() {
    try (TestGate gate = TestGate.start(directory, "METRICS_ENABLED", "true")) {
      gate.get("/");
      int before = series(gate).size();
      for (int i = 0; i < 50; i++) {
        gate.get("/nothing/" + i);
        gate.send("METHOD" + (char) ('A' + i % 26), "/x", new byte[0]);
        gate.call("tool_" + i);
      }

      List<String> after = series(gate);

      assertThat(after.size() - before).isLessThan(200);
      assertThat(after).noneMatch(l -> l.contains("nothing") || l.contains("tool_"));
    }
  }

  @Test
  void openMetricsIsGivenToWhoAsksForIt() {
    try (TestGate gate = TestGate.start(directory, "METRICS_ENABLED", "true")) {
      Answer answer = gate.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

      assertThat(answer.header("Content-Type")).startsWith("application/openmetrics-text");
      assertThat(answer.text()).endsWith("# EOF\n");
    }
  }
}
