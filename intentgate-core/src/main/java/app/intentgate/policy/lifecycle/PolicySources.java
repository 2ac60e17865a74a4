package app.intentgate.policy.lifecycle;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the source behind a hash that a decision was recorded with. Blocks. Thread-safe. */
public final class PolicySources {
  private static final int PAGE = 200;
  private static final int MAX_PAGES = 50;

  private final PolicyStore store;

  PolicySources(PolicyStore store) {
    this.store = store;
  }

  /**
   * The draft, at the revision that was in force in a tenant's slot or in the default one.
   *
   * @param sha256 the hash of its source
   */
  public Optional<PolicyDraft> find(String tenant, String sha256) {
    for (String slot : tenant.isEmpty() ? List.of("") : List.of(tenant, "")) {
      RevisionRef ref = inSlot(store.slot(slot), sha256);
      ref = ref == null ? inHistory(slot, sha256) : ref;
      if (ref != null) {
        return store.referredTo(slot, ref);
      }
    }
    return Optional.empty();
  }

  private static @Nullable RevisionRef inSlot(PolicySlot slot, String sha256) {
    RevisionRef current = slot.current();
    return current != null && current.sha256().equals(sha256) ? current : null;
  }

  private @Nullable RevisionRef inHistory(String slot, String sha256) {
    String cursor = null;
    for (int i = 0; i < MAX_PAGES; i++) {
      PolicyHistory page = store.history(slot, PAGE, cursor);
      for (PolicyChange change : page.changes()) {
        RevisionRef target = change.target();
        if (target != null && target.sha256().equals(sha256)) {
          return target;
        }
      }
      cursor = page.nextCursor();
      if (cursor == null) {
        return null;
      }
    }
    return null;
  }
}
