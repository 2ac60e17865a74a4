package app.intentgate.policy.lifecycle;

import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.lifecycle.ShadowLog.Shadowed;
import org.jspecify.annotations.Nullable;

/** Makes the policy that a slot wants, from what the store holds. Thread-safe. */
final class PolicyLoader {
  private final PolicyStore store;
  private final PolicyCompiler compiler;
  private final PolicyEngine boot;
  private final ShadowLog shadows;

  /**
   * A loader.
   *
   * @param boot the policy the gate started with: that of the default slot while it has no other
   */
  PolicyLoader(PolicyStore store, PolicyCompiler compiler, PolicyEngine boot, ShadowLog shadows) {
    this.store = store;
    this.compiler = compiler;
    this.boot = boot;
    this.shadows = shadows;
  }

  /** The policy the gate started with. */
  PolicyEngine boot() {
    return boot;
  }

  /**
   * The policy of a slot, or null for a tenant without one of its own.
   *
   * @throws RuntimeException when it cannot be made
   */
  @Nullable PolicyEngine engine(PolicySlot slot) {
    RevisionRef wanted = slot.current();
    PolicyEngine engine =
        wanted != null ? compiled(slot, wanted) : slot.tenant().isEmpty() ? boot : null;
    PolicyShadow shadow = slot.shadow();
    if (shadow == null || engine == null) {
      shadows.end(slot.tenant());
      return engine;
    }
    try {
      Shadowed run = shadows.begin(slot.tenant(), shadow, compiled(slot, shadow.target()));
      return new ShadowedPolicy(engine, run);
    } catch (RuntimeException e) {
      shadows.fail(slot.tenant(), shadow, e);
      return engine;
    }
  }

  private PolicyEngine compiled(PolicySlot slot, RevisionRef ref) {
    PolicyDraft draft =
        store
            .referredTo(slot.tenant(), ref)
            .orElseThrow(() -> new IllegalStateException(ref + " is not in the store"));
    String source = draft.at().source();
    if (!PolicyCompiler.sha256(source).equals(ref.sha256())) {
      throw new IllegalStateException("the source of " + ref + " is not what was approved");
    }
    return compiler.compile(source);
  }
}
