package app.intentgate.policy.lifecycle;

import app.intentgate.audit.AuditStore;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.token.TokenIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Policies of one gate: what operators do to them, and what keeps the gate up to date. Start one on
 * a gate that was built, and close it before the gate. Thread-safe.
 *
 * <pre>{@code
 * PolicyService policies =
 *     PolicyService.start(
 *         PolicyService.Parts.of(state.policies(), gate.policies(), gate.audit(), "gate-1"));
 * DraftText text = new DraftText("payments", "", regoSource, "", false);
 * PolicyDraft draft = policies.drafts().create("", text, "ann", ann);
 * PolicyTarget target = PolicyTarget.promote(draft.id(), draft.at().number(), draft.at().sha256());
 * PolicyOutcome outcome = policies.changes().change("", target, "ann", ann);
 * }</pre>
 */
public final class PolicyService implements AutoCloseable {
  private final PolicyDrafts drafts;
  private final PolicyChanges changes;
  private final PolicySync sync;
  private final PolicyLoader loader;
  private final ShadowLog shadows;
  private final PolicySources sources;

  private PolicyService(
      PolicyDrafts drafts,
      PolicyChanges changes,
      PolicySync sync,
      PolicyLoader loader,
      ShadowLog shadows,
      PolicySources sources) {
    this.drafts = drafts;
    this.changes = changes;
    this.sync = sync;
    this.loader = loader;
    this.shadows = shadows;
    this.sources = sources;
  }

  /**
   * What a service works on; {@link #of} gives the usual values.
   *
   * @param store the policies
   * @param policies those in force on the gate, which so far is the one it started with
   * @param audit where changes are recorded
   * @param deadline how long one decision may take
   * @param requireApproval whether a second operator must approve each change (B51)
   * @param gateId this gate's name among others on the same store
   * @param ids makes the ids of changes
   * @param clock the time
   */
  public record Parts(
      PolicyStore store,
      ActivePolicies policies,
      AuditStore audit,
      Duration deadline,
      boolean requireApproval,
      String gateId,
      Supplier<String> ids,
      Clock clock) {
    /**
     * The usual values: decisions within {@link RegoPolicyEngine#DEFAULT_DEADLINE}, no second
     * operator, random ids, the system's clock.
     *
     * @param store the policies
     * @param policies those of the gate, {@code gate.policies()}
     * @param audit the gate's, {@code gate.audit()}
     * @param gateId this gate's name, which no other gate on the store has
     */
    public static Parts of(
        PolicyStore store, ActivePolicies policies, AuditStore audit, String gateId) {
      Clock clock = Clock.systemUTC();
      return new Parts(
          store,
          policies,
          audit,
          RegoPolicyEngine.DEFAULT_DEADLINE,
          false,
          gateId,
          new TokenIds(clock, new SecureRandom())::next,
          clock);
    }

    /** The same, but that a second operator must approve each change (B51). */
    public Parts requiringApproval() {
      return new Parts(store, policies, audit, deadline, true, gateId, ids, clock);
    }
  }

  /**
   * Loads what the store says, and starts to follow it on a thread of its own. Blocks until it is
   * loaded. A policy that cannot be loaded refuses its tenant's calls until it can be.
   *
   * @throws app.intentgate.store.StoreUnavailableException when the store does not say what is
   *     wanted
   */
  public static PolicyService start(Parts parts) {
    PolicyStore store = parts.store();
    PolicyCompiler compiler = new PolicyCompiler(parts.deadline());
    PolicyEngine boot = parts.policies().forTenant("");
    ShadowLog shadows = new ShadowLog(parts.clock());
    PolicyLoader loader = new PolicyLoader(store, compiler, boot, shadows);
    PolicySync sync = PolicySync.start(store, parts.policies(), loader, parts.gateId());
    PolicyEvents events = new PolicyEvents(parts.audit(), parts.clock());
    PolicyChanges changes =
        new PolicyChanges(
            store,
            new PolicyPlan(store, compiler),
            sync,
            events,
            parts.requireApproval(),
            parts.ids(),
            parts.clock());
    PolicyDrafts drafts = new PolicyDrafts(store, compiler, events, parts.clock());
    return new PolicyService(drafts, changes, sync, loader, shadows, new PolicySources(store));
  }

  /** Drafts. */
  public PolicyDrafts drafts() {
    return drafts;
  }

  /** What is in force, and changing it. */
  public PolicyChanges changes() {
    return changes;
  }

  /** What policies in shadow said. */
  public ShadowLog shadows() {
    return shadows;
  }

  /** The sources behind the hashes of decisions. */
  public PolicySources sources() {
    return sources;
  }

  /** The policy the gate started with. */
  public PolicyEngine boot() {
    return loader.boot();
  }

  /**
   * What decides a tenant's calls now; for an empty tenant, those of all that have no policy of
   * their own.
   */
  public PolicyEngine inForce(String tenant) {
    return sync.inForce(tenant);
  }

  /** Stops following the store; the policies in force stay. Closes neither store nor gate. */
  @Override
  public void close() {
    sync.close();
    shadows.close();
  }
}
