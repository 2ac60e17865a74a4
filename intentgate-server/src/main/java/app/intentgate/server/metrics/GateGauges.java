package app.intentgate.server.metrics;

import app.intentgate.IntentGate;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditHealth;
import app.intentgate.server.stores.GateStorage;
import app.intentgate.store.StoreUnavailableException;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.System.Logger.Level;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Series of ours that are read when they are asked for: how the audit log and approvals are. */
public final class GateGauges {
  private static final System.Logger LOG = System.getLogger(GateGauges.class.getName());

  private GateGauges() {}

  /** Adds the series of a gate and of what it stores to. */
  public static void register(PrometheusRegistry registry, IntentGate gate, GateStorage storage) {
    gauge(
        registry,
        gate,
        "audit_available",
        "1 while events can be stored.",
        h -> h.available() ? 1 : 0);
    gauge(registry, gate, "audit_pending", "Events that wait to be stored.", AuditHealth::pending);
    counter(registry, gate, "audit_stored_total", "Events stored.", AuditHealth::appended);
    counter(registry, gate, "audit_failed_total", "Events that were refused.", AuditHealth::failed);
    gauge(
        registry,
        gate,
        "audit_chain_broken",
        "1 once verification found a broken event.",
        h -> h.broken() == null ? 0 : 1);
    waiting(registry, gate, storage);
    gauge(
        registry,
        "feed_age_seconds",
        "Since what other gates change was last known to be up to date here.",
        () -> storage.feedHealth().ageMillis() / 1e3);
    gauge(
        registry,
        "budget_leases",
        "Budget counters of which this gate holds something ahead.",
        storage::leases);
    CounterWithCallback.builder()
        .name(GateMetrics.PREFIX + "audit_spilled_total")
        .help("Events that went by way of a file because their store was behind.")
        .callback(callback -> callback.call((double) storage.spilled()))
        .register(registry);
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(GateMetrics.PREFIX + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** The store is asked; while it is away there is no sample, and everything else is still told. */
  private static void waiting(PrometheusRegistry registry, IntentGate gate, GateStorage storage) {
    GaugeWithCallback.builder()
        .name(GateMetrics.PREFIX + "approvals_waiting")
        .help("Calls that wait for a person.")
        .callback(
            callback -> {
              if (storage.feedHealth().fresh()) {
                try {
                  callback.call(waiting(gate));
                } catch (StoreUnavailableException e) {
                  LOG.log(Level.DEBUG, "the calls that wait cannot be counted", e);
                }
              }
            })
        .register(registry);
  }

  private static int waiting(IntentGate gate) {
    ApprovalStore approvals = gate.approvals();
    return approvals == null ? 0 : approvals.waiting(null);
  }

  private static void gauge(
      PrometheusRegistry registry,
      IntentGate gate,
      String name,
      String help,
      ToDoubleFunction<AuditHealth> value) {
    gauge(registry, name, help, () -> value.applyAsDouble(gate.audit().health()));
  }

  private static void counter(
      PrometheusRegistry registry,
      IntentGate gate,
      String name,
      String help,
      ToDoubleFunction<AuditHealth> value) {
    CounterWithCallback.builder()
        .name(GateMetrics.PREFIX + name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(gate.audit().health())))
        .register(registry);
  }
}
