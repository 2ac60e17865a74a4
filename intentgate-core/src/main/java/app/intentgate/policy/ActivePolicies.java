package app.intentgate.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which policy holds for which tenant: its own, or the default one. Reading is one volatile read
 * and a map look-up; a swap is seen by every evaluation that starts after it returned (B53), and
 * one that runs already finishes on the policy it started with. Thread-safe.
 */
public final class ActivePolicies {
  private volatile Snapshot snapshot;

  /** The default policy alone. */
  public ActivePolicies(PolicyEngine fallback) {
    this.snapshot = new Snapshot(fallback, Map.of());
  }

  /** The policy that decides the calls of a tenant; an empty tenant has the default one. */
  public PolicyEngine forTenant(String tenant) {
    Snapshot s = snapshot;
    PolicyEngine own = s.own.get(tenant);
    return own == null ? s.fallback : own;
  }

  /** The tenants that have a policy of their own. */
  public Set<String> tenants() {
    return snapshot.own.keySet();
  }

  /**
   * Puts a policy in force.
   *
   * @param tenant whose; empty for the default one
   * @param engine the policy, or null to take a tenant's own away again
   * @throws IllegalArgumentException when the default policy would be taken away
   */
  public synchronized void swap(String tenant, @Nullable PolicyEngine engine) {
    if (tenant.isEmpty() && engine == null) {
      throw new IllegalArgumentException("the default policy can be replaced, not removed");
    }
    snapshot = snapshot.with(tenant, engine);
  }

  private record Snapshot(PolicyEngine fallback, Map<String, PolicyEngine> own) {
    Snapshot with(String tenant, @Nullable PolicyEngine engine) {
      if (tenant.isEmpty() && engine != null) {
        return new Snapshot(engine, own);
      }
      Map<String, PolicyEngine> next = new HashMap<>(own);
      if (engine == null) {
        next.remove(tenant);
      } else {
        next.put(tenant, engine);
      }
      return new Snapshot(fallback, Map.copyOf(next));
    }
  }
}
