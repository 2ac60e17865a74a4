package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
          .anyMatch(l -> l.startsWith("intentgate_gateway_audit_durable_seconds_count 1"))
          .anyMatch(l -> l.startsWith("intentgate_gateway_audit_spilled_total 0"))
          .anyMatch(l -> l.startsWith("intentgate_gateway_feed_age_seconds 0"))
          .anyMatch(l -> l.startsWith("intentgate_gateway_budget_leases 0"))
          .anyMatch(l -> l.startsWith("jvm_memory_used_bytes"));
    }
  }

  /**
   * One series of the contract.
   *
   * @param labels its labels, in order
   * @param first the first bucket's bound; 0 for a counter
   * @param buckets how many there are, each twice the one before
   */
  private record Series(String name, String labels, double first, int buckets) {
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

    List<String> problems(List<String> lines) {
      String full = "intentgate_gateway_" + name + (buckets > 0 ? "_bucket" : "");
      List<String> own =
          lines.stream().filter(l -> l.matches(Pattern.quote(full) + "[ {].*")).toList();
      List<String> out = new ArrayList<>();
      Map<String, List<Double>> bounds = new TreeMap<>();
      for (String line : own) {
        List<String> names = new ArrayList<>();
        String others = "";
        for (Matcher m = LABEL.matcher(line); m.find(); ) {
          names.add(m.group(1));
          if (m.group(1).equals("le")) {
            String le = m.group(2).equals("+Inf") ? "Infinity" : m.group(2);
            bounds.computeIfAbsent(others, key -> new ArrayList<>()).add(Double.valueOf(le));
          } else {
            others += m.group();
          }
        }
        if (!String.join(",", names).equals(labels)) {
          out.add(name + " has the labels " + names);
        }
      }
      List<Double> wanted = new ArrayList<>();
      for (int i = 0; i < buckets; i++) {
        wanted.add(first * (1 << i));
      }
      wanted.add(Double.POSITIVE_INFINITY);
      bounds.values().stream()
          .filter(found -> !close(found, wanted))
          .forEach(found -> out.add(name + " has the buckets " + found));
      if (own.isEmpty()) {
        out.add(name + " is not there");
      }
      return out;
    }

    private static boolean close(List<Double> found, List<Double> wanted) {
      boolean close = found.size() == wanted.size();
      for (int i = 0; close && i < found.size(); i++) {
        double a = found.get(i);
        double b = wanted.get(i);
        close = a == b || Math.abs(a - b) < 1e-9 * b;
      }
      return close;
    }
  }

  @Test
  void everySeriesOfTheContractHasItsNameItsLabelsInOrderAndItsBuckets() throws Exception {
    List<Series> contract =
        List.of(
            new Series("http_requests_total", "method,route,status", 0, 0),
            new Series("http_request_duration_seconds", "method,route,le", 0.001, 12),
            new Series("check_decisions_total", "check,decision", 0, 0),
            new Series("check_duration_seconds", "check,le", 0.0001, 14),
            new Series("upstream_forward_total", "outcome", 0, 0),
            new Series("upstream_forward_duration_seconds", "outcome,le", 0.001, 14),
            new Series("revocation_lookups_total", "result", 0, 0),
            new Series("revocation_lookup_duration_seconds", "le", 0.0001, 14));
    try (StubServer upstream = new StubServer(r -> StubServer.Reply.json("{}"));
        TestGate gate =
            TestGate.start(directory, "METRICS_ENABLED", "true", "UPSTREAM_URL", upstream.url())) {
      gate.call("read_a", "Authorization", "Bearer " + gate.mint(Grant.to("bot")));
      gate.get("/healthz");

      List<String> lines = series(gate);

      assertThat(contract.stream().flatMap(s -> s.problems(lines).stream())).isEmpty();
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
  void whateverAScraperTakesItGetsSomethingThatItCanRead() {
    String protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    try (TestGate gate = TestGate.start(directory, "METRICS_ENABLED", "true")) {
      for (String accept :
          List.of(
              "*/*",
              "text/html",
              "text/plain;version=0.0.4",
              "nonsense",
              protobuf,
              protobuf
                  + ";q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2")) {
        Answer answer = gate.get("/metrics", "Accept", accept);
        assertThat(answer.status()).as(accept).isEqualTo(200);
        assertThat(answer.text()).as(accept).contains("intentgate_gateway_audit_available 1");
        assertThat(answer.header("Content-Type")).as(accept).contains("text");
      }
      Answer head = gate.send("HEAD", "/metrics", new byte[0]);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(gate.post("/metrics", "{}").status()).isEqualTo(405);
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
