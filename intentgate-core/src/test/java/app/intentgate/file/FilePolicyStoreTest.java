package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.policy.lifecycle.PolicyAction;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyProposal;
import app.intentgate.policy.lifecycle.PolicyShadow;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.policy.lifecycle.PolicyStore.Deletion;
import app.intentgate.policy.lifecycle.PolicyStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePolicyStoreTest extends PolicyStoreContract {
  @TempDir Path folder;
  private FileStateStore state;

  @Override
  protected PolicyStore open() {
    // So small that the file is written anew again and again.
    state = FileStateStore.open(folder, Clock.systemUTC(), 2_000);
    return state.policies();
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  void everything_is_there_again_after_a_restart() {
    PolicyDraft first = draft("00000000000000a1", "acme");
    PolicyDraft second = draft("00000000000000a2", "");
    PolicyDraft gone = draft("00000000000000a3", "");
    PolicyDraft unused = draft("00000000000000a4", "");
    List.of(first, second, gone, unused).forEach(store::create);
    store.revise(revision(first.id(), 2, "x".repeat(1_500_000)), first.tenant());
    promote("globex", "g1", gone);
    promote("globex", "g2", second);
    PolicySlot globex = promote("globex", "g3", second);
    for (PolicyDraft draft : List.of(gone, unused)) {
      assertThat(store.delete(draft.id(), draft.tenant())).isEqualTo(Deletion.DELETED);
    }
    PolicyChange c1 = change("c1", "acme", first.ref(), null);
    PolicySlot slot = PolicySlot.empty("acme").after(c1, null);
    store.put(slot, c1, null);
    PolicyChange c2 =
        new PolicyChange(
            "c2", "acme", PolicyAction.CLEAR, null, "c1", "", "superadmin", "", "", AT);
    slot = slot.after(c2, first.ref());
    store.put(slot, c2, null);
    slot =
        slot.withProposal(
            new PolicyProposal(PolicyAction.ROLLBACK, first.ref(), "c1", "d", "superadmin", AT));
    store.put(slot, null, null);
    slot = slot.withShadow(new PolicyShadow(first.ref(), "superadmin", AT));
    store.put(slot, null, null);
    List<PolicyDraft> drafts = store.drafts(null, 10, 0);
    for (int i = 0; i < 2; i++) {
      state.close();
      store = open();
      assertThat(store.drafts(null, 10, 0)).isEqualTo(drafts).hasSize(2);
      assertThat(store.draftAt(first.id(), 1, null)).contains(first);
      assertThat(store.draftAt(gone.id(), 1, null)).as("history keeps it").contains(gone);
      assertThat(folder.resolve(FileStateStore.FILE_NAME))
          .content()
          .contains(gone.at().source())
          .doesNotContain(unused.at().source());
      assertThat(store.slots()).containsExactlyInAnyOrder(slot, globex);
      assertThat(store.history("acme", 10, null).changes()).containsExactly(c2, c1);
    }
  }
}
