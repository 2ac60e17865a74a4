package app.intentgate.jdbc.budget;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.budget.ChargeResult;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.memory.BudgetJournal.Entry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tokens spent comes along when a gate moves from a file to a database. */
class BudgetImportTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path directory;

  private static Entry sum(Kind kind, String key, long granted) {
    return new Entry(kind, "acme", key, granted, 0, null);
  }

  private static Entry rate(String key, long granted, long atMillis, @Nullable Long end) {
    return new Entry(Kind.RATE, "acme", key, granted, atMillis, end);
  }

  private static ChargeResult charge(LeasedBudgetStore store, Kind kind, String key, long max) {
    return store
        .charge(List.of(new Charge(kind, "acme", key, max, 1, null)), CLOCK.millis())
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static LeasedBudgetStore gate(Database database, String name) {
    return new LeasedBudgetStore(
        name,
        new SqlBudgetLedger(database, name, CLOCK),
        database.dialect().isShared() ? LeaseOptions.shared() : LeaseOptions.alone());
  }

  @ParameterizedTest
  @EnumSource
  void many_entries_leave_each_counter_at_the_most_that_any_says(TestDatabase kind) {
    Random random = new Random(8);
    Map<String, Long> most = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 1_700; i++) {
      String key = "k" + random.nextInt(1_100);
      long granted = random.nextInt(1_000);
      most.merge(key, granted, Math::max);
      entries.add(sum(Kind.COST, key, granted));
    }
    try (Database database = Migrated.create(kind, directory)) {
      assertThat(BudgetImport.store(database, entries, CLOCK)).isEqualTo(most.size());
      Collections.shuffle(entries, random);
      assertThat(BudgetImport.store(database, entries, CLOCK)).isEqualTo(most.size());
      try (LeasedBudgetStore store = gate(database, "a")) {
        for (int i = 0; i < 20; i++) {
          String key = "k" + random.nextInt(1_100);
          long spent = most.getOrDefault(key, 0L);
          assertThat(charge(store, Kind.COST, key, spent).wouldBe()).isEqualTo(spent + 1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doing_it_again_gives_back_nothing_that_was_spent_since(TestDatabase kind) {
    List<Entry> entries =
        List.of(
            sum(Kind.CALLS, "k", 4), rate("r", 2, CLOCK.millis(), null), sum(Kind.COST, "k", 0));
    try (Database database = Migrated.create(kind, directory)) {
      assertThat(BudgetImport.store(database, entries, CLOCK)).isEqualTo(3);
      try (LeasedBudgetStore store = gate(database, "a")) {
        for (int i = 0; i < 3; i++) {
          assertThat(charge(store, Kind.CALLS, "k", 7).charged()).isTrue();
          assertThat(charge(store, Kind.RATE, "r", 5).charged()).isTrue();
        }
      }
      assertThat(BudgetImport.store(database, entries, CLOCK)).isEqualTo(3);
      try (LeasedBudgetStore store = gate(database, "b")) {
        assertThat(charge(store, Kind.CALLS, "k", 7).wouldBe()).isEqualTo(8);
        assertThat(charge(store, Kind.RATE, "r", 5).wouldBe()).isEqualTo(6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_a_rate_the_last_minute_comes_along_in_whatever_order_it_is_told(TestDatabase kind) {
    long now = CLOCK.millis();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      entries.add(rate("r", 2, now - i, null));
      entries.add(rate("r", 1, now - i, null));
      entries.add(rate("r", 50, now - 600_000 - i, null));
    }
    Collections.shuffle(entries, new Random(2));
    try (Database database = Migrated.create(kind, directory)) {
      assertThat(BudgetImport.store(database, entries, CLOCK)).isEqualTo(1);
      try (LeasedBudgetStore store = gate(database, "a")) {
        assertThat(charge(store, Kind.RATE, "r", 30).wouldBe()).isEqualTo(31);
        assertThat(charge(store, Kind.RATE, "r", 31).charged()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_rate_is_kept_for_the_longest_that_any_entry_of_it_says(TestDatabase kind) {
    long now = CLOCK.millis();
    long over = now / 1_000 - 2 * 86_400;
    List<Entry> entries = new ArrayList<>();
    // The child of a token ended long ago, the token itself goes on.
    entries.add(rate("childFirst", 1, now - 2, over));
    entries.add(rate("childFirst", 1, now - 1, null));
    entries.add(rate("parentFirst", 1, now - 2, null));
    entries.add(rate("parentFirst", 1, now - 1, over));
    try (Database database = Migrated.create(kind, directory)) {
      assertThat(BudgetImport.store(database, entries, CLOCK)).isEqualTo(2);
      assertThat(new SqlBudgetLedger(database, "a", CLOCK).forget()).isFalse();
      try (LeasedBudgetStore store = gate(database, "a")) {
        for (String key : List.of("childFirst", "parentFirst")) {
          assertThat(charge(store, Kind.RATE, key, 2).wouldBe()).as(key).isEqualTo(3);
        }
      }
    }
  }
}
