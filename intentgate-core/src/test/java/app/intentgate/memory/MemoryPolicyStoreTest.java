package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicyShadow;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.policy.lifecycle.PolicyStore.Deletion;
import app.intentgate.policy.lifecycle.PolicyStoreContract;
import app.intentgate.store.StoreUnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryPolicyStoreTest extends PolicyStoreContract {
  private static final String MEGABYTE = "x".repeat(1 << 20);

  private final AtomicBoolean away = new AtomicBoolean();

  @Override
  protected PolicyStore open() {
    return new MemoryPolicyStore(
        Clock.systemUTC(),
        new PolicyJournal() {
          @Override
          public void saved(PolicyDraft draft) {
            fail();
          }

          @Override
          public void deleted(PolicyDraft draft) {
            fail();
          }

          @Override
          public void put(PolicySlot slot, PolicyChange change) {
            fail();
          }

          private void fail() {
            if (away.get()) {
              throw new StoreUnavailableException("away");
            }
          }
        });
  }

  @Test
  void what_did_not_become_durable_did_not_happen() {
    PolicyDraft draft = draft("00000000000000aa", "");
    store.create(draft);
    PolicyChange change = change("c1", "", draft.ref(), null);
    PolicySlot next = store.slot("").after(change, null);
    away.set(true);
    assertThatThrownBy(() -> store.create(draft("00000000000000ab", "")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.revise(revision(draft.id(), 2, "x"), ""))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.delete(draft.id(), draft.tenant()))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.put(next, change, null))
        .isInstanceOf(StoreUnavailableException.class);
    away.set(false);
    assertThat(store.drafts(null, 10, 0)).containsExactly(draft);
    assertThat(store.draftAt(draft.id(), 2, null)).isEmpty();
    assertThat(store.slots()).isEmpty();
    assertThat(store.history("", 10, null).changes()).isEmpty();
    assertThat(store.put(next, change, null)).isTrue();
  }

  private static PolicyDraft megabyte(String tenant, int number) {
    String id = "%016x".formatted(number);
    PolicyDraft draft = draft(id, tenant);
    return draft.at(
        new PolicyRevision(
            id,
            1,
            draft.at().name(),
            "",
            MEGABYTE,
            draft.at().sha256(),
            "",
            false,
            draft.at().warnings(),
            null,
            draft.at().savedBy(),
            draft.at().savedAt()));
  }

  @Test
  void a_tenant_saves_at_most_as_much_as_is_left_for_others_and_what_it_deletes_is_room_again() {
    int saved = 0;
    try {
      while (saved < 300) {
        store.create(megabyte("acme", saved + 1));
        saved++;
      }
    } catch (StoreUnavailableException e) {
      assertThat(e).hasMessageContaining("of this tenant, and room for others");
    }
    assertThat(saved).isEqualTo(128);
    store.create(megabyte("globex", 1_000));
    for (int i = 1; i <= saved; i++) {
      assertThat(store.delete("%016x".formatted(i), "acme")).isEqualTo(Deletion.DELETED);
      assertThat(store.draftAt("%016x".formatted(i), 1, null)).isEmpty();
    }
    for (int i = 0; i < saved - 1; i++) {
      store.create(megabyte("acme", 2_000 + i));
    }
  }

  @Test
  void a_tenant_has_at_most_as_many_drafts_as_are_left_for_others() {
    for (int i = 0; i < 5_000; i++) {
      store.create(draft("%016x".formatted(i), "acme"));
    }
    assertThatThrownBy(() -> store.create(draft("%016x".formatted(6_000), "acme")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("drafts of this tenant");
    String first = "%016x".formatted(0);
    assertThat(store.revise(revision(first, 2, "again"), "acme")).isTrue();
    store.create(draft("%016x".formatted(7_000), "globex"));
  }

  @Test
  void what_a_slot_or_its_history_names_is_kept_when_it_is_deleted_and_no_longer_than_that() {
    PolicyDraft former = draft("00000000000000a1", "");
    PolicyDraft shadow = draft("00000000000000a2", "");
    PolicyDraft next = draft("00000000000000a3", "");
    PolicyDraft last = draft("00000000000000a4", "");
    List.of(former, shadow, next, last).forEach(store::create);
    promote("", "c1", former);
    promote("", "c2", next);
    PolicySlot slot = promote("", "c3", last);
    PolicySlot shadowed = slot.withShadow(new PolicyShadow(shadow.ref(), "superadmin", AT));
    assertThat(store.put(shadowed, null, shadow.id())).isTrue();
    for (PolicyDraft draft : List.of(former, shadow)) {
      assertThat(store.delete(draft.id(), "")).isEqualTo(Deletion.DELETED);
      assertThat(store.draftAt(draft.id(), 1, null)).contains(draft);
    }
    assertThat(store.put(shadowed.withShadow(null), null, null)).isTrue();
    store.create(draft("00000000000000a5", ""));
    assertThat(store.draftAt(shadow.id(), 1, null)).isEmpty();
    assertThat(store.draftAt(former.id(), 1, null)).contains(former);
  }

  @Test
  void a_journal_that_rewrites_itself_while_a_deletion_is_under_way_keeps_the_draft() {
    List<String> rewritten = new ArrayList<>();
    AtomicReference<MemoryPolicyStore> self = new AtomicReference<>();
    PolicyJournal rewriting =
        new PolicyJournal() {
          @Override
          public void saved(PolicyDraft draft) {}

          @Override
          public void deleted(PolicyDraft draft) {
            self.get().replay(into(rewritten));
            throw new StoreUnavailableException("away");
          }

          @Override
          public void put(PolicySlot slot, PolicyChange change) {}
        };
    MemoryPolicyStore kept = new MemoryPolicyStore(Clock.systemUTC(), rewriting);
    self.set(kept);
    PolicyDraft draft = draft("00000000000000aa", "");
    kept.create(draft);
    assertThatThrownBy(() -> kept.delete(draft.id(), "")).hasMessage("away");
    assertThat(rewritten).containsExactly("saved 00000000000000aa", "deleted 00000000000000aa");
    assertThat(kept.draft(draft.id(), null)).contains(draft);
    kept.restoreDeletion(draft.id());
    rewritten.clear();
    kept.replay(into(rewritten));
    assertThat(rewritten).as("nothing leads back to it").isEmpty();
  }

  private static PolicyJournal into(List<String> lines) {
    return new PolicyJournal() {
      @Override
      public void saved(PolicyDraft draft) {
        lines.add("saved " + draft.id());
      }

      @Override
      public void deleted(PolicyDraft draft) {
        lines.add("deleted " + draft.id());
      }

      @Override
      public void put(PolicySlot slot, PolicyChange change) {
        lines.add("slot");
      }
    };
  }
}
