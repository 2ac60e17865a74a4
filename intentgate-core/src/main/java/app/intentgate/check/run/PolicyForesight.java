package app.intentgate.check.run;

import app.intentgate.check.Caller;
import app.intentgate.json.JsonObject;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyEngine;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which tools a policy refuses to a caller whatever the call holds, so that a list need not show
 * them (B35). What was found is kept for a minute at the most, under the very policy and input it
 * was found with. Bounded; thread-safe.
 */
public final class PolicyForesight {
  private static final int MAX_KEPT = 10_000;
  private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ActivePolicies policies;
  private final LongSupplier nanos;
  private volatile Findings findings;

  private record Key(String policySha256, JsonObject input) {}

  /** What was found since a time. */
  private record Findings(long since, Map<Key, Boolean> refused) {}

  /**
   * Foresight by these policies.
   *
   * @param nanos the time, as {@link System#nanoTime} counts it
   */
  public PolicyForesight(ActivePolicies policies, LongSupplier nanos) {
    this.policies = policies;
    this.nanos = nanos;
    this.findings = new Findings(nanos.getAsLong(), new ConcurrentHashMap<>());
  }

  /** Whether the policy refuses every call of a tool by a caller. */
  public boolean refuses(Caller caller, String tool) {
    PolicyEngine engine = policies.forTenant(caller.tenant());
    Key key = new Key(engine.sha256(), PolicyInputs.ahead(tool, caller));
    Map<Key, Boolean> known = fresh();
    Boolean found = known.get(key);
    if (found == null) {
      found = engine.refusesWhatever(key.input());
      known.put(key, found);
    }
    return found;
  }

  private Map<Key, Boolean> fresh() {
    Findings now = findings;
    if (now.refused().size() >= MAX_KEPT || nanos.getAsLong() - now.since() > KEPT_NANOS) {
      now = new Findings(nanos.getAsLong(), new ConcurrentHashMap<>());
      findings = now;
    }
    return now.refused();
  }
}
