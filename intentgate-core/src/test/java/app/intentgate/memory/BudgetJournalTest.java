package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Counters made durable by a journal: nothing is granted beyond what it recorded (B49). */
class BudgetJournalTest {
  private final List<BudgetJournal.Entry> recorded = new ArrayList<>();
  private final List<CompletableFuture<Void>> writes = new ArrayList<>();
  private boolean slow;
  private final BudgetJournal journal =
      entry -> {
        recorded.add(entry);
        CompletableFuture<Void> write = new CompletableFuture<>();
        writes.add(write);
        if (!slow) {
          write.complete(null);
        }
        return write;
      };
  private final MemoryBudgetStore store = new MemoryBudgetStore(100, journal);

  private CompletableFuture<ChargeResult> charge(Charge... charges) {
    return store.charge(List.of(charges), 1_000).toCompletableFuture();
  }

  private static Charge calls(long max) {
    return new Charge(Kind.CALLS, "acme", "k", max, 1, 99L);
  }

  private static Charge rate(long max) {
    return new Charge(Kind.RATE, "acme", "k", max, 1, 99L);
  }

  private static BudgetJournal.Entry sum(long granted) {
    return new BudgetJournal.Entry(Kind.CALLS, "acme", "k", granted, 0, 99L);
  }

  private boolean charged(Charge... charges) {
    CompletionStage<ChargeResult> done = charge(charges);
    return done.toCompletableFuture().join().charged();
  }

  @Test
  void calls_are_recorded_ahead_in_blocks_that_shrink_towards_the_limit() {
    for (int i = 0; i < 20; i++) {
      assertThat(charged(calls(20))).isTrue();
    }
    // One and an eighth of the nineteen left; four and an eighth of the sixteen left; and so on.
    assertThat(recorded)
        .startsWith(sum(3), sum(6))
        .endsWith(sum(20))
        .isSortedAccordingTo((a, b) -> Long.compare(a.granted(), b.granted()));
    assertThat(recorded.stream().distinct()).as("no block twice").hasSameSizeAs(recorded);
    assertThat(charged(calls(20))).isFalse();
  }

  @Test
  void a_block_is_at_most_a_thousand_and_some_calls_ahead() {
    assertThat(charged(calls(1_000_000))).isTrue();
    assertThat(recorded).containsExactly(sum(1 + 1024));
  }

  @Test
  void a_call_is_not_granted_before_its_block_is_recorded_and_those_of_the_block_wait_for_it() {
    slow = true;
    CompletableFuture<ChargeResult> first = charge(calls(100));
    List<CompletableFuture<ChargeResult>> block = new ArrayList<>(List.of(first));
    for (int i = 1; i < 1 + 99 / 8; i++) {
      block.add(charge(calls(100)));
    }
    assertThat(block).noneMatch(CompletableFuture::isDone);
    assertThat(writes).as("one write for all of the block").hasSize(1);
    writes.get(0).complete(null);
    assertThat(block).allMatch(each -> each.join().charged());
    assertThat(charge(calls(100))).as("the next block is another write").isNotDone();
    assertThat(writes).hasSize(2);
  }

  @Test
  void what_could_not_be_recorded_is_refused_and_costs_nothing() {
    slow = true;
    CompletableFuture<ChargeResult> lost = charge(calls(1));
    writes.get(0).completeExceptionally(new IllegalStateException("disk full"));
    assertThat(lost)
        .isCompletedExceptionally()
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StoreUnavailableException.class)
        .withMessageContaining("budget journal failed");
    slow = false;
    assertThat(charged(calls(1))).as("it is there again").isTrue();
    assertThat(charged(calls(1))).isFalse();
    assertThat(recorded).containsExactly(sum(1), sum(1));
  }

  @Test
  void a_failed_call_gives_back_each_counter_once() {
    slow = true;
    Charge cents = new Charge(Kind.COST, "acme", "k", 10, 6, 99L);
    CompletableFuture<ChargeResult> lost = charge(calls(5), calls(4), cents);
    writes.forEach(write -> write.completeExceptionally(new IllegalStateException("disk full")));
    assertThat(lost).isCompletedExceptionally();
    slow = false;
    assertThat(store.left(calls(5), 1_000).toCompletableFuture().join()).isEqualTo(5);
    assertThat(store.left(cents, 1_000).toCompletableFuture().join()).isEqualTo(10);
  }

  @Test
  void every_call_of_a_rate_is_recorded_with_its_moment() {
    assertThat(charged(rate(2))).isTrue();
    assertThat(charged(rate(2))).isTrue();
    assertThat(charged(rate(2))).isFalse();
    BudgetJournal.Entry one = new BudgetJournal.Entry(Kind.RATE, "acme", "k", 1, 1_000, 99L);
    assertThat(recorded).containsExactly(one, one);
  }

  @Test
  void after_a_crash_a_block_counts_as_spent_and_after_an_orderly_end_what_was_used_does() {
    charged(calls(100));
    charged(rate(5));
    List<BudgetJournal.Entry> crash = store.snapshot(1_000, true);
    List<BudgetJournal.Entry> orderly = store.snapshot(1_000, false);
    assertThat(crash).contains(sum(1 + 99 / 8));
    assertThat(orderly).contains(sum(1));
    assertThat(leftAfter(crash, calls(100))).isEqualTo(100 - 1 - 99 / 8);
    assertThat(leftAfter(orderly, calls(100))).isEqualTo(99);
    assertThat(leftAfter(orderly, rate(5))).isEqualTo(4);
  }

  private static long leftAfter(List<BudgetJournal.Entry> entries, Charge limit) {
    MemoryBudgetStore again = new MemoryBudgetStore();
    entries.forEach(again::restore);
    return again.left(limit, 1_000).toCompletableFuture().join();
  }

  @Test
  void what_was_restored_is_not_recorded_again_until_it_is_used_up() {
    store.restore(sum(10));
    assertThat(charged(calls(100))).isTrue();
    assertThat(recorded).containsExactly(sum(11 + 89 / 8));
  }

  @Test
  void a_snapshot_leaves_out_what_nobody_can_charge_any_more() {
    charged(calls(100));
    assertThat(store.snapshot(99_999, true)).hasSize(1);
    assertThat(store.snapshot(100_000, true)).isEmpty();
    assertThat(store.snapshot(-1, false)).hasSize(1);
    store.charge(List.of(new Charge(Kind.COST, "acme", "c", 5, 0, null)), 0);
    assertThat(store.snapshot(0, false)).as("nothing was spent of it").hasSize(1);
  }

  @Test
  void a_counter_that_is_kept_for_longer_is_recorded_so_before_it_is_relied_on() {
    Charge longer = new Charge(Kind.CALLS, "acme", "k", 100, 1, 200L);
    assertThat(charged(calls(100))).isTrue();
    assertThat(charged(longer)).as("within the block, and for longer").isTrue();
    assertThat(charged(longer)).isTrue();
    assertThat(charged(calls(100))).isTrue();
    assertThat(recorded)
        .containsExactly(
            sum(1 + 99 / 8), new BudgetJournal.Entry(Kind.CALLS, "acme", "k", 2 + 98 / 8, 0, 200L));
    assertThat(store.snapshot(150_000, true)).hasSize(1);
    MemoryBudgetStore again = new MemoryBudgetStore();
    recorded.forEach(again::restore);
    assertThat(again.snapshot(150_000, true)).hasSize(1);
  }

  @Test
  void an_end_that_could_not_be_recorded_is_recorded_with_the_next_charge() {
    Charge longer = new Charge(Kind.CALLS, "acme", "k", 100, 1, 200L);
    assertThat(charged(calls(100))).isTrue();
    slow = true;
    CompletableFuture<ChargeResult> lost = charge(longer);
    writes.get(1).completeExceptionally(new IllegalStateException("disk full"));
    assertThat(lost).isCompletedExceptionally();
    slow = false;
    assertThat(charged(longer)).isTrue();
    assertThat(recorded).hasSize(3);
    assertThat(recorded.get(2).expiresAt()).isEqualTo(200L);
    assertThat(store.left(longer, 1_000).toCompletableFuture().join()).isEqualTo(98);
  }

  @Test
  void other_threads_can_charge_a_counter_after_whatever_happened_to_it() {
    assertThat(charged(calls(100))).isTrue();
    store.snapshot(1_000, true);
    slow = true;
    Charge cents = new Charge(Kind.COST, "acme", "k", 10, 6, 99L);
    CompletableFuture<ChargeResult> lost = charge(calls(100), cents);
    writes.get(writes.size() - 1).completeExceptionally(new IllegalStateException("disk full"));
    assertThat(lost).isCompletedExceptionally();
    slow = false;
    CompletableFuture<Boolean> elsewhere =
        CompletableFuture.supplyAsync(() -> charged(calls(100), cents));
    assertThat(elsewhere).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
  }
}
