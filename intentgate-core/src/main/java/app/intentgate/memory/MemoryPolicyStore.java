package app.intentgate.memory;

import app.intentgate.policy.lifecycle.GateState;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyHistory;
import app.intentgate.policy.lifecycle.PolicyProposal;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicyShadow;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.policy.lifecycle.RevisionRef;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Policies in memory: at most 10,000 drafts and 256 million characters of source, and of one tenant
 * at most as much as is left for the others. What a deleted draft said is kept for as long as a
 * slot or its history names it. Changes are rare, so one lock serves: the store's own, held until a
 * change is durable, so that nobody sees it before. {@link #replay} takes another, held while
 * memory changes, so that a journal that rewrites itself never waits for one that waits for it.
 */
public final class MemoryPolicyStore implements PolicyStore {
  private final PolicyJournal journal;
  private final Object memory = new Object();
  private final PolicyShelf shelf = new PolicyShelf();

  /** The draft whose deletion is not durable yet, so that it must not be forgotten. */
  private @Nullable String deleting;

  private final Map<String, PolicySlot> slots = new HashMap<>();
  private final Map<String, List<PolicyChange>> histories = new HashMap<>();
  private final GateBook gates;
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

  /** An empty store. */
  public MemoryPolicyStore(Clock clock) {
    this(clock, PolicyJournal.NONE);
  }

  /** An empty store whose changes are made durable by a journal. */
  public MemoryPolicyStore(Clock clock, PolicyJournal journal) {
    this.gates = new GateBook(clock);
    this.journal = journal;
  }

  /** Puts back a revision that a durable store kept; those of one draft come in order. */
  public synchronized void restore(PolicyDraft draft) {
    synchronized (memory) {
      shelf.add(draft);
    }
  }

  /** Puts back the deletion of a draft. */
  public synchronized void restoreDeletion(String draftId) {
    setDeleting(null, draftId, true);
  }

  private void setDeleting(@Nullable String underWay, String draftId, boolean deleted) {
    synchronized (memory) {
      deleting = underWay;
      shelf.setDeleted(draftId, deleted);
    }
  }

  /** Puts back a slot, and an entry of its history; the latest slot comes last. */
  public synchronized void restore(PolicySlot slot, @Nullable PolicyChange change) {
    synchronized (memory) {
      slots.put(slot.tenant(), slot);
      if (change != null) {
        histories.computeIfAbsent(change.tenant(), t -> new ArrayList<>()).add(change);
      }
    }
  }

  /** Tells another the same as was told this one, in an order it can be restored in. */
  public void replay(PolicyJournal to) {
    synchronized (memory) {
      Set<String> kept = named();
      for (PolicyDraft draft : shelf.all()) {
        if (shelf.isDeleted(draft.id()) && !kept.contains(draft.id())) {
          continue;
        }
        to.saved(draft);
        if (shelf.isDeleted(draft.id()) && draft.equals(shelf.latest(draft.id()))) {
          to.deleted(draft);
        }
      }
      for (PolicySlot slot : slots.values()) {
        List<PolicyChange> changes = histories.getOrDefault(slot.tenant(), List.of());
        for (PolicyChange change : changes) {
          to.put(slot, change);
        }
        if (changes.isEmpty()) {
          to.put(slot, null);
        }
      }
    }
  }

  /** The drafts that a slot, its history or a deletion under way leads to. */
  private Set<String> named() {
    Set<String> ids = new HashSet<>();
    if (deleting != null) {
      ids.add(deleting);
    }
    for (PolicySlot slot : slots.values()) {
      addTo(ids, slot.current());
      addTo(ids, slot.previous());
      PolicyProposal proposal = slot.proposal();
      addTo(ids, proposal == null ? null : proposal.target());
      PolicyShadow shadow = slot.shadow();
      addTo(ids, shadow == null ? null : shadow.target());
    }
    for (List<PolicyChange> history : histories.values()) {
      for (PolicyChange change : history) {
        addTo(ids, change.target());
      }
    }
    return ids;
  }

  private static void addTo(Set<String> ids, @Nullable RevisionRef ref) {
    if (ref != null) {
      ids.add(ref.draftId());
    }
  }

  private void forgetDeleted() {
    if (shelf.hasDeleted()) {
      synchronized (memory) {
        shelf.forgetDeleted(named());
      }
    }
  }

  @Override
  public synchronized void create(PolicyDraft draft) {
    if (shelf.knows(draft.id())) {
      throw new IllegalStateException("there is a draft " + draft.id() + " already");
    }
    add(draft, null);
  }

  private void add(PolicyDraft draft, @Nullable PolicyDraft before) {
    forgetDeleted();
    shelf.refuseWhenFull(draft);
    restore(draft);
    try {
      journal.saved(draft);
    } catch (RuntimeException e) {
      synchronized (memory) {
        shelf.undo(draft, before);
      }
      throw e;
    }
  }

  @Override
  public synchronized Optional<PolicyDraft> draft(String id, @Nullable String tenant) {
    return Optional.ofNullable(shelf.present(id, tenant));
  }

  @Override
  public synchronized Optional<PolicyDraft> draftAt(
      String id, int revision, @Nullable String tenant) {
    return Optional.ofNullable(shelf.at(id, revision))
        .filter(draft -> tenant == null || tenant.equals(draft.tenant()));
  }

  @Override
  public synchronized List<PolicyDraft> drafts(@Nullable String tenant, int limit, int offset) {
    List<PolicyDraft> all = shelf.list(tenant);
    int from = Math.min(offset, all.size());
    return List.copyOf(all.subList(from, Math.min(all.size(), from + limit)));
  }

  @Override
  public synchronized boolean revise(PolicyRevision next, String tenant) {
    PolicyDraft latest = shelf.present(next.draftId(), tenant);
    if (latest == null || latest.at().number() != next.number() - 1) {
      return false;
    }
    add(latest.at(next), latest);
    return true;
  }

  @Override
  public synchronized Deletion delete(String draftId, String tenant) {
    PolicyDraft draft = shelf.present(draftId, tenant);
    if (draft == null) {
      return Deletion.UNKNOWN;
    }
    if (slots.values().stream().anyMatch(slot -> slot.refersTo(draftId))) {
      return Deletion.IN_USE;
    }
    setDeleting(draftId, draftId, true);
    try {
      journal.deleted(draft);
    } catch (RuntimeException e) {
      setDeleting(null, draftId, false);
      throw e;
    }
    setDeleting(null, draftId, true);
    forgetDeleted();
    return Deletion.DELETED;
  }

  @Override
  public synchronized PolicySlot slot(String tenant) {
    PolicySlot slot = slots.get(tenant);
    return slot == null ? PolicySlot.empty(tenant) : slot;
  }

  @Override
  public synchronized List<PolicySlot> slots() {
    return List.copyOf(slots.values());
  }

  @Override
  public boolean put(PolicySlot next, @Nullable PolicyChange change, @Nullable String needed) {
    synchronized (this) {
      PolicySlot before = slot(next.tenant());
      if (before.version() != next.version() - 1
          || (needed != null && !isThere(needed, next.tenant()))) {
        return false;
      }
      restore(next, change);
      try {
        journal.put(next, change);
      } catch (RuntimeException e) {
        undo(before, change);
        throw e;
      }
    }
    watchers.forEach(watcher -> watcher.accept(next.tenant()));
    return true;
  }

  private boolean isThere(String draftId, String tenant) {
    return shelf.present(draftId, tenant) != null || shelf.present(draftId, "") != null;
  }

  private void undo(PolicySlot before, @Nullable PolicyChange change) {
    synchronized (memory) {
      if (before.version() == 0) {
        slots.remove(before.tenant());
      } else {
        slots.put(before.tenant(), before);
      }
      List<PolicyChange> history = histories.get(before.tenant());
      if (change != null && history != null) {
        history.remove(change);
      }
    }
  }

  @Override
  public synchronized Optional<PolicyChange> change(String tenant, String id) {
    return histories.getOrDefault(tenant, List.of()).stream()
        .filter(change -> change.id().equals(id))
        .findFirst();
  }

  @Override
  public synchronized PolicyHistory history(String tenant, int limit, @Nullable String cursor) {
    List<PolicyChange> all = histories.getOrDefault(tenant, List.of());
    int end = cursor == null ? all.size() : position(cursor, all.size());
    int start = Math.max(0, end - limit);
    List<PolicyChange> page = new ArrayList<>();
    for (int i = end - 1; i >= start; i--) {
      page.add(all.get(i));
    }
    return new PolicyHistory(page, start == 0 ? null : String.valueOf(start));
  }

  private static int position(String cursor, int max) {
    int at;
    try {
      at = Integer.parseInt(cursor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a cursor of this history", e);
    }
    if (at < 0 || at > max) {
      throw new IllegalArgumentException("not a cursor of this history");
    }
    return at;
  }

  @Override
  public Watch watch(Consumer<String> tenants) {
    watchers.add(tenants);
    return () -> watchers.remove(tenants);
  }

  @Override
  public void beat(String gateId, Map<String, Long> loaded) {
    gates.beat(gateId, loaded);
  }

  @Override
  public void leave(String gateId) {
    gates.leave(gateId);
  }

  @Override
  public List<GateState> gates(String tenant, Duration alive) {
    return gates.alive(tenant, alive);
  }
}
