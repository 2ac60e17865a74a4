package app.intentgate.server.metrics;

import app.intentgate.check.CheckName;
import app.intentgate.check.CheckObserver;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The contract's series (admin contract 0): names, labels and buckets are what consoles and
 * dashboards read. Thread-safe; counting takes no lock that calls share, and makes no text.
 */
public final class GateMetrics implements CheckObserver {
  static final String PREFIX = "intentgate_gateway_";
  private static final double NANOS = 1e9;
  private static final CheckName[] CHECKS = CheckName.values();
  private static final Verdict[] VERDICTS = Verdict.values();
  private static final String[] CLASSES = {"unknown", "1xx", "2xx", "3xx", "4xx", "5xx"};

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

  private final Points<CounterDataPoint> decided =
      new Points<>(
          CHECKS.length * VERDICTS.length,
          i ->
              decisions.labelValues(
                  CHECKS[i / VERDICTS.length].wireName(), word(VERDICTS[i % VERDICTS.length])));
  private final Points<DistributionDataPoint> checkedIn =
      new Points<>(CHECKS.length, i -> checkTimes.labelValues(CHECKS[i].wireName()));
  private final Map<String, Map<String, Answered>> answers = new ConcurrentHashMap<>();
  private final Map<String, Forwarded> forwarded = new ConcurrentHashMap<>();
  private final Map<String, CounterDataPoint> lookedUp = new ConcurrentHashMap<>();

  /** The series of one route under one method: how often, by class of status, and how long. */
  private record Answered(Points<CounterDataPoint> byClass, DistributionDataPoint times) {}

  /** The series of forwarded calls that ended alike. */
  private record Forwarded(CounterDataPoint count, DistributionDataPoint times) {}

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
    decided.at(check.ordinal() * VERDICTS.length + verdict.ordinal()).inc();
    checkedIn.at(check.ordinal()).observe(nanos / NANOS);
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

  /** A request was answered; methods and routes are few. */
  void answered(String method, String route, int status, long nanos) {
    Answered series =
        of(
            of(answers, method, m -> new ConcurrentHashMap<>()),
            route,
            r ->
                new Answered(
                    new Points<>(CLASSES.length, i -> requests.labelValues(method, r, CLASSES[i])),
                    requestTimes.labelValues(method, r)));
    series.byClass().at(status >= 100 && status < 600 ? status / 100 : 0).inc();
    series.times().observe(nanos / NANOS);
  }

  private static <T> T of(Map<String, T> known, String key, Function<String, T> make) {
    T found = known.get(key);
    return found != null ? found : known.computeIfAbsent(key, make);
  }

  /** A call came back from a tool server: {@code success}, {@code timeout} and so on. */
  void forwarded(String outcome, long nanos) {
    Forwarded series =
        of(
            forwarded,
            outcome,
            o -> new Forwarded(forwards.labelValues(o), forwardTimes.labelValues(o)));
    series.count().inc();
    series.times().observe(nanos / NANOS);
  }

  /**
   * A token was looked up among the revoked: {@code revoked}, {@code not_revoked}, {@code error}.
   */
  void lookedUp(String result, long nanos) {
    of(lookedUp, result, lookups::labelValues).inc();
    lookupTimes.observe(nanos / NANOS);
  }
}
