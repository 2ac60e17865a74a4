package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalStoreContract;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryApprovalStoreTest extends ApprovalStoreContract {
  private final MemoryApprovalStore store = new MemoryApprovalStore(40);
  private final MemoryApprovalStore ofThree = new MemoryApprovalStore(3);

  @Override
  protected ApprovalStore store() {
    return store;
  }

  @Test
  void a_full_store_refuses_while_all_wait_and_makes_room_of_what_is_decided() {
    await(ofThree.enqueue(rowOf("t1", "one")));
    await(ofThree.enqueue(rowOf("t2", "two")));
    await(ofThree.enqueue(rowOf("t3", "three")));
    assertThat(ofThree.enqueue(rowOf("t4", "four")).toCompletableFuture())
        .isCompletedExceptionally();
    ApprovalDecision no = new ApprovalDecision(false, "p", "", "", NOW.plusSeconds(1));
    await(ofThree.decide("two", null, no));
    await(ofThree.enqueue(rowOf("t4", "four")));
    assertThat(await(ofThree.find("two", null))).isEmpty();
    assertThat(await(ofThree.find("one", null))).isPresent();
  }

  private static ApprovalDecision yes() {
    return new ApprovalDecision(true, "p", "", "", NOW.plusSeconds(1));
  }

  @Test
  void what_was_agreed_to_and_not_used_yet_keeps_its_place_in_a_full_store() {
    await(ofThree.enqueue(rowOf("t1", "one")));
    await(ofThree.enqueue(rowOf("t2", "two")));
    await(ofThree.enqueue(rowOf("t3", "three")));
    await(ofThree.decide("one", null, yes()));
    assertThat(ofThree.enqueue(rowOf("t4", "four")).toCompletableFuture())
        .isCompletedExceptionally();
    await(ofThree.use("one", "t1", NOW.plusSeconds(2)));
    await(ofThree.enqueue(rowOf("t4", "four")));
    assertThat(await(ofThree.find("one", null))).as("it was used").isEmpty();
  }

  @Test
  void a_tenant_waits_for_at_most_as_many_as_are_left_for_others() {
    assertSharedBySix(new MemoryApprovalStore(6));
  }

  @Test
  void a_tenant_waits_for_at_most_as_much_as_is_left_for_others() {
    assertSharedByLength(new MemoryApprovalStore(100, 64_000));
  }

  @Test
  void what_is_settled_makes_room_oldest_first_and_no_more_of_it_than_is_needed() {
    MemoryApprovalStore some = new MemoryApprovalStore(100, 64_000);
    for (int i = 1; i <= 8; i++) {
      await(some.enqueue(rowOf("t" + i, "r" + i, 7_500)));
    }
    for (String id : List.of("r2", "r3", "r5")) {
      await(some.decide(id, null, new ApprovalDecision(false, "p", "", "", NOW.plusSeconds(1))));
    }
    await(some.decide("r1", null, yes()));
    await(some.enqueue(rowOf("t9", "r9", 7_500)));
    assertThat(await(some.find("r1", null))).as("agreed to, and not used").isPresent();
    assertThat(await(some.find("r2", null))).isEmpty();
    assertThat(await(some.find("r3", null))).isPresent();
    assertThat(await(some.find("r5", null))).isPresent();
  }

  @Test
  void many_small_values_are_as_long_as_the_memory_they_take() {
    MemoryApprovalStore some = new MemoryApprovalStore(100, 64_000);
    List<JsonValue> ones = Collections.nCopies(300, JsonNumber.of(1));
    Approval row = rowOf("acme", "many");
    ApprovalRequest r = row.request();
    ApprovalRequest many =
        new ApprovalRequest(
            "many",
            r.binding(),
            r.rootTokenId(),
            JsonObject.of("a", JsonArray.copyOf(ones)),
            r.intentSummary(),
            r.reason(),
            r.requiresStepUp(),
            r.terms(),
            r.createdAt(),
            r.decideBy());
    assertThat(some.enqueue(Approval.pending(many)).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(store.enqueue(Approval.pending(many)).toCompletableFuture())
        .isCompletedWithValue(Approval.pending(many));
  }

  @Test
  void whoever_marks_rows_that_are_late_is_told_which_they_were() {
    await(store.enqueue(row("one", "a")));
    await(store.enqueue(row("two", "b")));
    await(store.decide("two", null, yes()));
    assertThat(store.expired(NOW.plusSeconds(299))).isEmpty();
    assertThat(store.expired(NOW.plusSeconds(300)))
        .singleElement()
        .satisfies(row -> assertThat(row.id()).isEqualTo("one"))
        .satisfies(row -> assertThat(row.status()).isEqualTo(Approval.Status.TIMEOUT));
    assertThat(store.expired(NOW.plusSeconds(301))).as("once").isEmpty();
  }

  @Test
  void a_row_that_is_put_back_is_met_and_the_later_word_on_it_counts() {
    Approval row = row("one", "a");
    store.restore(row);
    store.restore(row.voted(yes()));
    assertThat(await(store.findOpen(row.binding(), NOW)))
        .get()
        .extracting(Approval::status)
        .isEqualTo(Approval.Status.APPROVED);
    assertThat(store.list(ApprovalQuery.newest(5))).hasSize(1);
  }

  @Test
  void listeners_are_told_of_every_change_before_its_maker_is() {
    List<String> heard = new ArrayList<>();
    store.watch(
        new ApprovalListener() {
          @Override
          public void changed(Approval row) {
            heard.add(row.status() + " " + row.uses() + " " + row.voidReason());
          }

          @Override
          public void missed() {
            heard.add("missed");
          }
        });
    await(store.enqueue(row("one", "a")));
    await(store.decide("one", null, yes()));
    await(store.decide("one", null, yes()));
    await(store.use("one", "acme", NOW.plusSeconds(2)));
    await(store.use("one", "acme", NOW.plusSeconds(2)));
    await(store.makeVoid("one", "acme", "over", NOW));
    await(store.makeVoid("one", "acme", "over", NOW));
    assertThat(heard)
        .containsExactly("PENDING 0 null", "APPROVED 0 null", "APPROVED 1 null", "APPROVED 1 over");
  }
}
