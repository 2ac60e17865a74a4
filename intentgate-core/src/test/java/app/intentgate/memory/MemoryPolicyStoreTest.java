package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.policy.lifecycle.PolicyStoreContract;
import app.intentgate.store.StoreUnavailableException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MemoryPolicyStoreTest extends PolicyStoreContract {
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
}
