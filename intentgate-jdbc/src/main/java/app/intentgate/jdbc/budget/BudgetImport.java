package app.intentgate.jdbc.budget;

import app.intentgate.jdbc.Database;
import app.intentgate.memory.BudgetJournal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what tokens spent from another store. A counter that is there already keeps whichever
 * is more, so that doing it twice gives nothing back.
 */
public final class BudgetImport {
  private static final int AT_ONCE = 500;

  private final TreeMap<CounterKey, Spent> counters = new TreeMap<>();

  private BudgetImport() {}

  private record Spent(long sum, Map<Long, Long> moments, @Nullable Long expiresAt) {}

  /**
   * Stores entries of a journal, in transactions of a few hundred counters.
   *
   * @param clock the time, where the database has none of its own
   * @return how many counters they were
   * @throws app.intentgate.jdbc.DatabaseException when the database is away or refuses
   */
  public static int store(Database database, List<BudgetJournal.Entry> entries, Clock clock) {
    BudgetImport all = new BudgetImport();
    entries.forEach(all::add);
    List<CounterKey> keys = new ArrayList<>(all.counters.keySet());
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      List<CounterKey> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
      int unused =
          database.write(
              handle -> {
                Connection connection = handle.getConnection();
                return all.store(connection, database, some, clock);
              });
    }
    return keys.size();
  }

  private void add(BudgetJournal.Entry entry) {
    CounterKey key = new CounterKey(entry.tenant(), entry.kind(), entry.key());
    Spent spent =
        counters.computeIfAbsent(key, k -> new Spent(0, new HashMap<>(), entry.expiresAt()));
    if (key.isRate()) {
      spent.moments().merge(entry.atMillis(), entry.granted(), Sums::add);
    }
    counters.put(
        key,
        new Spent(
            key.isRate() ? 0 : Math.max(spent.sum(), entry.granted()),
            spent.moments(),
            Sums.later(spent.expiresAt(), entry.expiresAt())));
  }

  private int store(Connection connection, Database database, List<CounterKey> keys, Clock clock)
      throws SQLException {
    long now = database.nowMillis(connection, clock);
    BudgetRows.add(connection, keys, now);
    Map<CounterKey, BudgetRows.Row> rows =
        BudgetRows.lock(connection, keys, database.dialect().forUpdate());
    List<CounterUpdate> updates = new ArrayList<>();
    for (CounterKey key : keys) {
      Spent spent = counters.get(key);
      BudgetRows.Row row = rows.get(key);
      if (spent == null || row == null) {
        throw new SQLException("a budget counter could not be added");
      }
      updates.add(
          new CounterUpdate(
              key,
              Math.max(row.used(), spent.sum()),
              more(row.window(), spent.moments(), now),
              new CounterState(row.used(), row.window(), row.expiresAt(), List.of())
                  .keptUntil(spent.expiresAt()),
              0,
              0,
              false,
              List.of(),
              false));
    }
    BudgetRows.update(connection, updates, now);
    return updates.size();
  }

  private static SlidingWindow more(SlidingWindow stored, Map<Long, Long> moments, long now) {
    SlidingWindow window = SlidingWindow.EMPTY;
    for (long at : new TreeSet<>(moments.keySet())) {
      window = window.with(at, moments.getOrDefault(at, 0L), now);
    }
    return window.sum(now) > stored.sum(now) ? window : stored;
  }
}
