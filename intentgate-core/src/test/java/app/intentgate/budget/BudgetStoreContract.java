package app.intentgate.budget;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.Charge.Kind;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenIds;
import app.intentgate.token.TokenMinter;
import app.intentgate.token.TokenVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of budgets must do, whatever it is made of. */
public abstract class BudgetStoreContract {
  private static final Duration THREE_DAYS = Duration.ofDays(3);

  /** The store under test; the same one within a test. It judges rates by the time of the call. */
  protected abstract BudgetStore store();

  /** Lets so much time pass, and has the store forget what it may by then, as at a new start. */
  protected abstract void pass(Duration time) throws Exception;

  private ChargeResult charge(long nowMillis, Charge... charges) {
    return store()
        .charge(List.of(charges), nowMillis)
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private static Charge calls(String key, long max) {
    return new Charge(Kind.CALLS, "acme", key, max, 1, null);
  }

  private static Charge cents(String key, long max, long amount) {
    return new Charge(Kind.COST, "acme", key, max, amount, null);
  }

  private static Charge rate(String key, long max) {
    return new Charge(Kind.RATE, "acme", key, max, 1, null);
  }

  @Test
  void a_limit_of_two_permits_two_and_says_what_the_third_would_have_been() {
    assertThat(charge(0, calls("a", 2)).charged()).isTrue();
    assertThat(charge(0, calls("a", 2)).charged()).isTrue();
    for (int i = 0; i < 3; i++) {
      ChargeResult third = charge(0, calls("a", 2));
      assertThat(third.exceeded()).isEqualTo(calls("a", 2));
      assertThat(third.wouldBe()).as("a refused call is not counted").isEqualTo(3);
    }
  }

  @Test
  void a_limit_of_zero_permits_nothing() {
    assertThat(charge(0, calls("none", 0)).charged()).isFalse();
    assertThat(charge(0, rate("none", 0)).charged()).isFalse();
    assertThat(charge(0, cents("none", 0, 1)).charged()).isFalse();
    assertThat(charge(0, cents("none", 0, 0)).charged()).isTrue();
  }

  private long left(Charge limit) {
    return store().left(limit, 0).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void what_is_left_of_a_limit_can_be_asked_and_that_takes_nothing_from_it() {
    assertThat(left(calls("l", 3))).isEqualTo(3);
    charge(0, calls("l", 3));
    for (int i = 0; i < 3; i++) {
      assertThat(left(calls("l", 3))).isEqualTo(2);
    }
    charge(0, calls("l", 3));
    charge(0, calls("l", 3));
    assertThat(left(calls("l", 3))).isZero();
    assertThat(left(calls("none", 0))).isZero();
    assertThat(left(cents("c", 10, 1))).isEqualTo(10);
  }

  private static Charge ending(String key, @Nullable Long end) {
    return new Charge(Kind.CALLS, "acme", key, 2, 1, end);
  }

  @Test
  void what_nothing_can_be_charged_to_any_more_is_forgotten() throws Exception {
    long now = System.currentTimeMillis();
    Charge brief = ending("brief", now / 1000 + 3_600);
    assertThat(charge(now, brief).charged()).isTrue();
    assertThat(charge(now, brief).charged()).isTrue();
    assertThat(charge(now, brief).charged()).isFalse();
    pass(THREE_DAYS);
    assertThat(charge(now, brief).charged()).isTrue();
  }

  @Test
  void a_counter_is_kept_for_the_longest_that_any_charge_to_it_says() throws Exception {
    long now = System.currentTimeMillis();
    long soon = now / 1000 + 3_600;
    long later = now / 1000 + 10 * 86_400;
    Long[][] ends = {{soon, later}, {later, soon}, {soon, null}, {null, soon}};
    for (int which = 0; which < 2; which++) {
      for (int i = 0; i < ends.length; i++) {
        assertThat(charge(now, ending("before " + i, ends[i][which])).charged()).isTrue();
      }
    }
    for (int which = 0; which < 2; which++) {
      pass(Duration.ZERO);
      for (int i = 0; i < ends.length; i++) {
        assertThat(charge(now, ending("between " + i, ends[i][which])).charged()).isTrue();
      }
    }
    // Several of a call, each for itself.
    Charge[] both = {ending("of parent", later), ending("of child", soon)};
    assertThat(charge(now, both).charged()).isTrue();
    assertThat(charge(now, both).charged()).isTrue();
    pass(THREE_DAYS);
    for (int i = 0; i < ends.length; i++) {
      for (String key : List.of("before " + i, "between " + i, "of parent")) {
        assertThat(charge(now, ending(key, later)).charged()).as("counter %s", key).isFalse();
      }
    }
    assertThat(charge(now, ending("of child", soon)).charged()).as("forgotten").isTrue();
  }

  @Test
  void a_child_that_ends_soon_spends_what_its_parent_does_not_get_back() throws Exception {
    Clock clock = Clock.systemUTC();
    long now = clock.millis();
    KeyRing keys = KeyRing.generate();
    CapabilityToken parent =
        TokenMinter.of(keys, clock, new TokenIds(clock, new SecureRandom()))
            .mint(Grant.to("bot").tenant("acme").expiresIn(Duration.ofDays(365)).maxCalls(3));
    CapabilityToken child = parent.attenuate(new Caveat.Expiry(now / 1000 + 2));
    for (int i = 0; i < 3; i++) {
      assertThat(charge(now, chargesOf(child, keys)).charged()).isTrue();
    }
    pass(THREE_DAYS);
    assertThat(charge(now, chargesOf(parent, keys)).wouldBe()).isEqualTo(4);
  }

  private static Charge[] chargesOf(CapabilityToken token, KeyRing keys) {
    return TokenVerifier.of(keys).verify(token).limits().stream()
        .map(limit -> Charge.of(token.tenant(), limit, 1))
        .toArray(Charge[]::new);
  }

  @Test
  void nothing_to_charge_is_charged() {
    assertThat(charge(0).charged()).isTrue();
  }

  @Test
  void a_refused_call_charges_no_limit_at_all() {
    assertThat(charge(0, calls("wide", 5), calls("narrow", 0)).exceeded())
        .isEqualTo(calls("narrow", 0));
    assertThat(charge(0, calls("wide", 5), cents("wide", 10, 11)).exceeded())
        .isEqualTo(cents("wide", 10, 11));
    assertThat(charge(0, rate("wide", 5), cents("wide", 10, 11)).charged()).isFalse();
    for (int i = 0; i < 5; i++) {
      assertThat(charge(0, calls("wide", 5), rate("wide", 5)).charged()).as("call %d", i).isTrue();
    }
    assertThat(charge(0, calls("wide", 5)).wouldBe()).isEqualTo(6);
    assertThat(charge(0, rate("wide", 5)).wouldBe()).isEqualTo(6);
    assertThat(charge(0, cents("wide", 10, 10)).charged()).isTrue();
  }

  @Test
  void the_first_exceeded_limit_in_the_order_given_is_named() {
    assertThat(charge(0, calls("b", 0), calls("a", 0)).exceeded()).isEqualTo(calls("b", 0));
    assertThat(charge(0, calls("a", 0), calls("b", 0)).exceeded()).isEqualTo(calls("a", 0));
  }

  @Test
  void two_limits_on_one_counter_count_a_call_once() {
    assertThat(charge(0, calls("k", 1), calls("k", 3)).charged()).isTrue();
    assertThat(charge(0, calls("k", 2)).charged()).isTrue();
    assertThat(charge(0, calls("k", 2)).wouldBe()).isEqualTo(3);
    assertThat(charge(0, calls("k", 1)).wouldBe()).isEqualTo(3);
  }

  @Test
  void one_counter_may_meet_a_wider_and_a_narrower_limit() {
    for (int i = 0; i < 10; i++) {
      assertThat(charge(0, calls("k", 1_000)).charged()).isTrue();
    }
    assertThat(charge(0, calls("k", 11)).charged()).isTrue();
    assertThat(charge(0, calls("k", 11)).wouldBe()).isEqualTo(12);
    assertThat(charge(0, calls("k", 12)).charged()).isTrue();
  }

  @Test
  void kinds_and_tenants_are_counted_apart() {
    assertThat(charge(0, calls("k", 1), cents("k", 100, 60)).charged()).isTrue();
    assertThat(charge(0, cents("k", 100, 60)).wouldBe()).isEqualTo(120);
    assertThat(charge(0, new Charge(Kind.CALLS, "globex", "k", 1, 1, null)).charged()).isTrue();
    assertThat(charge(0, new Charge(Kind.CALLS, "globex", "k", 1, 1, null)).charged()).isFalse();
    assertThat(charge(0, new Charge(Kind.CALLS, "", "k", 1, 1, null)).charged()).isTrue();
  }

  @Test
  void any_text_is_a_key() {
    for (String key : List.of("", "'; drop table x; --", "a\u0001\u2028\uD83D\uDE00b", "%_\\")) {
      assertThat(charge(0, calls(key, 1)).charged()).as("key <%s>", key).isTrue();
      assertThat(charge(0, calls(key, 1)).charged()).as("key <%s>", key).isFalse();
    }
  }

  @Test
  void costs_of_any_size_fill_a_limit_exactly() {
    long[] amounts = {1, 700, 3, 250, 40, 6};
    long spent = 0;
    for (long amount : amounts) {
      assertThat(charge(0, cents("c", 1_000, amount)).charged()).isTrue();
      spent += amount;
    }
    assertThat(spent).isEqualTo(1_000);
    assertThat(charge(0, cents("c", 1_000, 1)).wouldBe()).isEqualTo(1_001);
    assertThat(charge(0, cents("c", 1_000, 0)).charged()).isTrue();
  }

  @Test
  void a_cost_that_does_not_fit_leaves_room_for_one_that_does() {
    assertThat(charge(0, cents("c", 100, 60)).charged()).isTrue();
    assertThat(charge(0, cents("c", 100, 50)).wouldBe()).isEqualTo(110);
    assertThat(charge(0, cents("c", 100, 40)).charged()).isTrue();
  }

  @Test
  void a_sum_that_would_overflow_is_refused() {
    Charge huge = cents("k", Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
    assertThat(charge(0, huge).charged()).isTrue();
    assertThat(charge(0, huge).charged()).isFalse();
  }

  @Test
  void at_most_and_at_least_n_in_any_sixty_seconds() {
    Random random = new Random(7);
    List<Long> granted = new ArrayList<>();
    long now = 1_000_000;
    for (int i = 0; i < 1_500; i++) {
      now += random.nextInt(8_000);
      long at = now;
      boolean permitted = charge(at, rate("r", 10)).charged();
      long inWindow = granted.stream().filter(t -> t > at - 60_000).count();
      assertThat(permitted).as("call %d at %d with %d", i, at, inWindow).isEqualTo(inWindow < 10);
      if (permitted) {
        granted.add(at);
      }
    }
  }

  @Test
  void a_burst_in_one_moment_is_counted_whole() {
    for (int i = 0; i < 40; i++) {
      assertThat(charge(5_000, rate("burst", 40)).charged()).isTrue();
    }
    assertThat(charge(5_000, rate("burst", 40)).wouldBe()).isEqualTo(41);
    assertThat(charge(64_999, rate("burst", 40)).charged()).isFalse();
    assertThat(charge(65_000, rate("burst", 40)).charged()).isTrue();
  }

  @Test
  void a_clock_that_steps_back_never_grants_more() {
    assertThat(charge(100_000, rate("r", 3)).charged()).isTrue();
    assertThat(charge(40_000, rate("r", 3)).charged()).isTrue();
    assertThat(charge(99_999, rate("r", 3)).charged()).isTrue();
    assertThat(charge(100_001, rate("r", 3)).charged()).isFalse();
  }

  @Test
  void many_threads_get_exactly_what_the_limit_permits() throws Exception {
    AtomicInteger granted = new AtomicInteger();
    AtomicInteger turn = new AtomicInteger();
    everywhere(
        16,
        () -> {
          boolean reversed = turn.getAndIncrement() % 2 == 0;
          for (int i = 0; i < 200; i++) {
            // Both orders of the same two counters: a lock order of its own would hang.
            ChargeResult r =
                reversed
                    ? charge(0, calls("child", 3_000), calls("root", 1_000))
                    : charge(0, calls("root", 1_000), calls("child", 3_000));
            if (r.charged()) {
              granted.incrementAndGet();
            }
          }
          return null;
        });
    assertThat(granted).hasValue(1_000);
    assertThat(charge(0, calls("child", 1_000)).wouldBe())
        .as("refused calls left the other counter alone")
        .isEqualTo(1_001);
  }

  @Test
  void many_threads_spend_a_sum_to_the_last_cent() throws Exception {
    AtomicLong spent = new AtomicLong();
    everywhere(
        8,
        () -> {
          for (int i = 0; i < 60; i++) {
            long amount = ThreadLocalRandom.current().nextInt(1, 90);
            if (charge(0, cents("s", 10_000, amount)).charged()) {
              spent.addAndGet(amount);
            }
          }
          return null;
        });
    while (charge(0, cents("s", 10_000, 1)).charged()) {
      spent.incrementAndGet();
    }
    assertThat(spent).hasValue(10_000);
  }

  /** Runs a task on so many threads that start together. */
  protected static void everywhere(int threads, Callable<?> task) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      start.countDown();
      for (Future<?> f : all) {
        f.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
