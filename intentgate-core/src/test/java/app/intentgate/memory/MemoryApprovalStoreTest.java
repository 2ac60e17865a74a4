package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalStoreContract;
import org.junit.jupiter.api.Test;

class MemoryApprovalStoreTest extends ApprovalStoreContract {
  private final MemoryApprovalStore store = new MemoryApprovalStore(3);

  @Override
  protected ApprovalStore store() {
    return store;
  }

  @Test
  void a_full_store_refuses_while_all_wait_and_makes_room_of_what_is_decided() {
    await(store.enqueue(row("one", "a")));
    await(store.enqueue(row("two", "b")));
    await(store.enqueue(row("three", "c")));
    assertThat(store.enqueue(row("four", "d")).toCompletableFuture()).isCompletedExceptionally();
    ApprovalDecision no = new ApprovalDecision(false, "p", "", "", NOW.plusSeconds(1));
    await(store.decide("two", null, no));
    await(store.enqueue(row("four", "d")));
    assertThat(await(store.find("two"))).isEmpty();
    assertThat(await(store.find("one"))).isPresent();
  }
}
