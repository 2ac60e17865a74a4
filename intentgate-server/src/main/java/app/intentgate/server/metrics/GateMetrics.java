package app.intentgate.server.metrics;

import app.intentgate.check.CheckName;
import app.intentgate.check.CheckObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The contract's series (admin contract 0): names, labels and buckets are what consoles and
 * dashboards read. Thread-safe; counting takes no lock that calls share.
 */
public final class GateMetrics implements CheckObserver {
  static final String PREFIX = "intentgate_gateway_";
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      counter("http_requests_total", "Requests answered.", "method", "route", "status");
  private final Histogram requestTimes =
      histogram(
          "http_request_duration_seconds",
          "Time from a request to its answer.",
          0.001,
          12,
          "method",
          "route");
  private final Counter decisions =
      counter("check_decisions_total", "Checks that ran.", "check", "decision");
  private final Histogram checkTimes =
      histogram("check_duration_seconds", "Time of a check.", 0.0001, 14, "check");
  private final Counter forwards =
      counter("upstream_forward_total", "Calls forwarded to a tool server.", "outcome");
  private final Histogram forwardTimes =
      histogram(
          "upstream_forward_duration_seconds", "Time of a forwarded call.", 0.001, 14, "outcome");
  private final Counter lookups =
      counter("revocation_lookups_total", "Tokens looked up among the revoked.", "result");
  private final Histogram lookupTimes =
      histogram("revocation_lookup_duration_seconds", "Time of such a look-up.", 0.0001, 14);

  private final Histogram audited =
      histogram("audit_durable_seconds", "Time until an event is stored, or refused.", 0.0001, 14);

  /** Series that count nothing yet, and those of the JVM. */
  public GateMetrics() {
    JvmMetrics.builder().register(registry);
    // Shown from the first scrape on, so that a rate over it has a start.
    requests.initLabelValues("GET", "/metrics", "2xx");
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(PREFIX + name).help(help).labelNames(labels).register(registry);
  }

  private Histogram histogram(
      String name, String help, double first, int buckets, String... labels) {
    return Histogram.builder()
        .name(PREFIX + name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicExponentialUpperBounds(first, 2, buckets)
        .register(registry);
  }

  /** Where the series are. */
  public PrometheusRegistry registry() {
    return registry;
  }

  @Override
  public void checked(CheckName check, Verdict verdict, long nanos) {
    decisions.labelValues(check.wireName(), word(verdict)).inc();
    checkTimes.labelValues(check.wireName()).observe(nanos / NANOS);
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case ALLOW -> "allow";
      case BLOCK -> "block";
      case SKIP -> "skip";
    };
  }

  /** An event became durable, or was refused. */
  void durable(long nanos) {
    audited.observe(nanos / NANOS);
  }

  /** A request was answered. */
  void answered(String method, String route, int status, long nanos) {
    requests.labelValues(method, route, statusClass(status)).inc();
    requestTimes.labelValues(method, route).observe(nanos / NANOS);
  }

  private static String statusClass(int status) {
    return status >= 100 && status < 600 ? status / 100 + "xx" : "unknown";
  }

  /** A call came back from a tool server: {@code success}, {@code timeout} and so on. */
  void forwarded(String outcome, long nanos) {
    forwards.labelValues(outcome).inc();
    forwardTimes.labelValues(outcome).observe(nanos / NANOS);
  }

  /**
   * A token was looked up among the revoked: {@code revoked}, {@code not_revoked}, {@code error}.
   */
  void lookedUp(String result, long nanos) {
    lookups.labelValues(result).inc();
    lookupTimes.observe(nanos / NANOS);
  }
}
