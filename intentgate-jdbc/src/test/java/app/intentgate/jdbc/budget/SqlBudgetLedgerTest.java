package app.intentgate.jdbc.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.budget.Charge.Kind;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger in a database keeps of counters, leases and gates. */
class SqlBudgetLedgerTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path directory;

  private static CounterKey key(String name) {
    return new CounterKey("acme", Kind.CALLS, name);
  }

  private static SqlBudgetLedger ledger(Database database, String gate, Duration goneAfter) {
    return new SqlBudgetLedger(database, gate, Clock.systemUTC(), goneAfter);
  }

  /** What a round does to one counter. */
  private static CounterUpdate update(CounterKey key, long used, long held, boolean had) {
    return new CounterUpdate(key, used, SlidingWindow.EMPTY, null, held, 0, had, List.of(), false);
  }

  private static void store(BudgetLedger ledger, CounterUpdate... updates) {
    List<CounterUpdate> all = List.of(updates);
    ledger.settle(
        all.stream().map(CounterUpdate::counter).toList(),
        (now, states) -> new Settlement(List.of(), all, Map.of()));
  }

  private static Map<CounterKey, CounterState> read(BudgetLedger ledger, List<CounterKey> keys) {
    Map<CounterKey, CounterState> seen = new TreeMap<>();
    ledger.settle(
        keys,
        (now, states) -> {
          seen.clear();
          seen.putAll(states);
          return new Settlement(List.of(), List.of(), Map.of());
        });
    return seen;
  }

  private static CounterState read(BudgetLedger ledger, CounterKey key) {
    CounterState state = read(ledger, List.of(key)).get(key);
    assertThat(state).isNotNull();
    return state;
  }

  @ParameterizedTest
  @EnumSource
  void as_many_counters_as_are_named_are_read_and_no_others(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SqlBudgetLedger ledger = ledger(database, "a", LONG);
      Map<CounterKey, Long> model = new HashMap<>();
      for (int count : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 100, 1_024}) {
        List<CounterUpdate> updates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          CounterKey key = key("k" + i);
          long used = model.merge(key, (long) i + count, Long::sum);
          updates.add(update(key, used, 0, false));
        }
        store(ledger, updates.toArray(CounterUpdate[]::new));
        List<CounterKey> keys = updates.stream().map(CounterUpdate::counter).toList();
        Map<CounterKey, CounterState> states = read(ledger, keys);
        assertThat(states).as("of %d", count).hasSize(count);
        states.forEach((key, state) -> assertThat(state.used()).isEqualTo(model.get(key)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_decision_that_fails_leaves_everything_as_it_was(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SqlBudgetLedger ledger = ledger(database, "a", LONG);
      store(ledger, update(key("k"), 5, 3, false));
      assertThatThrownBy(
              () ->
                  ledger.settle(
                      List.of(key("k")),
                      (now, states) -> {
                        throw new IllegalStateException("no");
                      }))
          .isNotInstanceOf(LedgerDoubtException.class)
          .hasMessage("no");
      assertThat(read(ledger, key("k")).used()).isEqualTo(5);
      assertThat(read(ledger, key("k")).leases()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_lease_is_kept_until_it_is_ended_and_by_its_gate_alone(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SqlBudgetLedger one = ledger(database, "one", LONG);
      SqlBudgetLedger two = ledger(database, "two", LONG);
      one.sayAlive();
      two.sayAlive();
      store(one, update(key("k"), 1, 10, false));
      store(two, update(key("k"), 2, 20, false));
      // In a database of one process the other one has ended.
      boolean shared = database.dialect().isShared();
      assertThat(read(one, key("k")).leases())
          .containsExactlyInAnyOrder(
              new Lease("one", 10, 0, true), new Lease("two", 20, 0, shared));
      store(one, update(key("k"), 3, 11, true));
      store(two, update(key("k"), 4, 0, true));
      assertThat(read(two, key("k")).leases()).containsExactly(new Lease("one", 11, 0, shared));
      store(
          two,
          new CounterUpdate(
              key("k"), 15, SlidingWindow.EMPTY, null, 0, 0, false, List.of("one"), false));
      assertThat(read(two, key("k")))
          .isEqualTo(new CounterState(15, SlidingWindow.EMPTY, null, List.of()));
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void a_gate_that_was_not_heard_of_lately_is_gone(boolean heard, boolean alive) {
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory)) {
      SqlBudgetLedger other = ledger(database, "other", LONG);
      other.sayAlive();
      store(other, update(key("k"), 0, 7, false));
      if (!heard) {
        database.write(
            handle ->
                handle.execute(
                    "UPDATE ig_budget_gates SET seen_ms = seen_ms - ?", LONG.toMillis() + 1_000));
      }
      SqlBudgetLedger mine = ledger(database, "mine", LONG);
      assertThat(read(mine, key("k")).leases()).containsExactly(new Lease("other", 7, 0, alive));
      assertThat(read(other, key("k")).leases())
          .as("nobody takes itself for gone")
          .containsExactly(new Lease("other", 7, 0, true));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_gate_is_asked_for_what_it_holds_until_it_takes_or_gives_back(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SqlBudgetLedger holder = ledger(database, "holder", LONG);
      SqlBudgetLedger asker = ledger(database, "asker", LONG);
      holder.sayAlive();
      store(holder, update(key("k"), 0, 9, false), update(key("l"), 0, 9, false));
      store(asker, update(key("k"), 0, 1, false));
      assertThat(holder.recalled()).isEmpty();
      CounterUpdate recall =
          new CounterUpdate(key("k"), 0, SlidingWindow.EMPTY, null, 1, 0, true, List.of(), true);
      store(asker, recall);
      assertThat(holder.recalled()).containsExactly(key("k"));
      assertThat(asker.recalled()).as("who asks is not asked").isEmpty();
      store(holder, update(key("k"), 0, 4, true));
      assertThat(holder.recalled()).as("it settled with the ledger").isEmpty();
      store(asker, recall);
      store(holder, update(key("k"), 0, 0, true));
      assertThat(holder.recalled()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void amounts_ends_and_names_of_any_kind_come_back(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SqlBudgetLedger ledger = ledger(database, "g\u00e4te'", LONG);
      List<@Nullable Long> ends = new ArrayList<>(List.of(0L, -1L, Long.MAX_VALUE));
      ends.add(null);
      SlidingWindow window = SlidingWindow.EMPTY.spent(-5, Long.MAX_VALUE).spent(7, 0);
      for (Kind of : Kind.values()) {
        for (Long end : ends) {
          CounterKey key = new CounterKey("\u00e4'\u2028%", of, "\ud83d\ude00" + end);
          store(
              ledger,
              new CounterUpdate(
                  key, Long.MAX_VALUE, window, end, Long.MAX_VALUE, -3, false, List.of(), false));
          CounterState state = read(ledger, key);
          assertThat(state.used()).isEqualTo(Long.MAX_VALUE);
          assertThat(state.window().text()).isEqualTo(window.text());
          assertThat(state.expiresAt()).isEqualTo(end);
          assertThat(state.leases())
              .containsExactly(new Lease("g\u00e4te'", Long.MAX_VALUE, -3, true));
        }
      }
    }
  }

  private static int rows(Database database, String table) {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  @ParameterizedTest
  @EnumSource
  void forgetting_takes_away_what_is_over_by_a_day_and_what_hangs_on_it(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      SqlBudgetLedger ledger = ledger(database, "a", LONG);
      ledger.sayAlive();
      long now = System.currentTimeMillis() / 1_000;
      long day = Duration.ofDays(1).toSeconds();
      Map<String, @Nullable Long> ends = new TreeMap<>();
      ends.put("never", null);
      ends.put("later", now + day);
      ends.put("lately", now - day + 600);
      ends.put("long ago", now - day - 600);
      ends.forEach(
          (name, end) ->
              store(
                  ledger,
                  new CounterUpdate(
                      key(name), 1, SlidingWindow.EMPTY, end, 5, 0, false, List.of(), false)));
      assertThat(ledger.forget()).isFalse();
      assertThat(read(ledger, key("lately")).used()).isEqualTo(1);
      assertThat(rows(database, "ig_budgets")).isEqualTo(3);
      assertThat(rows(database, "ig_budget_leases")).as("of counters there are").isEqualTo(3);
      assertThat(read(ledger, key("long ago"))).as("a new counter").isEqualTo(CounterState.NEW);

      database.write(
          handle ->
              handle.execute("UPDATE ig_budget_gates SET seen_ms = seen_ms - ?", 2 * day * 1_000));
      assertThat(ledger.forget()).isFalse();
      assertThat(rows(database, "ig_budget_gates")).as("it holds something").isEqualTo(1);
      database.write(handle -> handle.execute("DELETE FROM ig_budget_leases"));
      assertThat(ledger.forget()).isFalse();
      assertThat(rows(database, "ig_budget_gates")).isZero();
    }
  }
}
