package app.intentgate.memory;

import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicySlot;
import org.jspecify.annotations.Nullable;

/**
 * Makes the changes of a {@link MemoryPolicyStore} durable before anybody sees them. What it throws
 * undoes the change.
 */
public interface PolicyJournal {
  /** A journal that keeps nothing. */
  PolicyJournal NONE =
      new PolicyJournal() {
        @Override
        public void saved(PolicyDraft draft) {}

        @Override
        public void deleted(PolicyDraft draft) {}

        @Override
        public void put(PolicySlot slot, @Nullable PolicyChange change) {}
      };

  /** A revision was added. */
  void saved(PolicyDraft draft);

  /** A draft was deleted. */
  void deleted(PolicyDraft draft);

  /** A slot was replaced. */
  void put(PolicySlot slot, @Nullable PolicyChange change);
}
