package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryApprovalStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final MemoryApprovalStore store = new MemoryApprovalStore(3);

  private static Approval row(String id, String tool) {
    return Approval.pending(
        new ApprovalRequest(
            id,
            new ApprovalBinding("acme", "jti", "chain", "agent", tool, "args", "", "policy"),
            "jti",
            "",
            null,
            "",
            "above the threshold",
            false,
            ApprovalTerms.DEFAULT,
            NOW,
            NOW.plusSeconds(300)));
  }

  private static ApprovalDecision yes() {
    return new ApprovalDecision(true, "superadmin", "pat", "", NOW.plusSeconds(1));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void the_same_call_waits_once() {
    Approval first = await(store.enqueue(row("one", "pay")));
    Approval again = await(store.enqueue(row("two", "pay")));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(await(store.find("two"))).isEmpty();
  }

  @Test
  void a_row_is_decided_once_and_the_first_decision_stands() {
    await(store.enqueue(row("one", "pay")));
    await(store.decide("one", null, yes()));
    ApprovalDecision no = new ApprovalDecision(false, "superadmin", "sam", "", NOW.plusSeconds(2));
    assertThat(await(store.decide("one", null, no)))
        .get()
        .satisfies(r -> assertThat(r.row().status()).isEqualTo(Status.APPROVED))
        .satisfies(r -> assertThat(r.row().decision()).isEqualTo(yes()));
  }

  @Test
  void another_tenant_sees_no_row_to_decide() {
    await(store.enqueue(row("one", "pay")));
    assertThat(await(store.decide("one", "globex", yes()))).isEmpty();
  }

  @Test
  void a_decision_after_the_window_finds_it_timed_out() {
    await(store.enqueue(row("one", "pay")));
    ApprovalDecision late = new ApprovalDecision(true, "p", "", "", NOW.plusSeconds(300));
    assertThat(await(store.decide("one", null, late)))
        .get()
        .satisfies(r -> assertThat(r.row().status()).isEqualTo(Status.TIMEOUT));
    assertThat(await(store.use("one", NOW.plusSeconds(300)))).isEmpty();
  }

  @Test
  void twenty_resumes_at_once_use_an_approval_once() throws Exception {
    await(store.enqueue(row("one", "pay")));
    await(store.decide("one", null, yes()));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        tries.add(() -> await(store.use("one", NOW.plusSeconds(2))).isPresent());
      }
      int used = 0;
      for (Future<Boolean> f : pool.invokeAll(tries)) {
        used += f.get() ? 1 : 0;
      }
      assertThat(used).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void a_void_row_is_neither_found_nor_used() {
    await(store.enqueue(row("one", "pay")));
    await(store.decide("one", null, yes()));
    await(store.makeVoid("one", "policy changed"));
    assertThat(await(store.findOpen(row("one", "pay").binding(), NOW))).isEmpty();
    assertThat(await(store.use("one", NOW.plusSeconds(2)))).isEmpty();
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

  @Test
  void rows_are_listed_newest_first_by_tenant_and_status() {
    await(store.enqueue(row("one", "a")));
    await(store.enqueue(row("two", "b")));
    await(store.decide("one", null, yes()));
    assertThat(store.list(ApprovalQuery.newest(10).ofTenant("acme")))
        .extracting(Approval::id)
        .containsExactly("two", "one");
    assertThat(store.list(ApprovalQuery.newest(10).withStatus("pending")))
        .extracting(Approval::id)
        .containsExactly("two");
    assertThat(store.list(ApprovalQuery.newest(10).ofTenant("globex"))).isEmpty();
    assertThat(store.list(ApprovalQuery.newest(1).from(1)))
        .extracting(Approval::id)
        .containsExactly("one");
  }
}
