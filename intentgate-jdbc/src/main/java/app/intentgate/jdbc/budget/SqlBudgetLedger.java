package app.intentgate.jdbc.budget;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Dialect;
import app.intentgate.jdbc.feed.FeedHeads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in a database. A round locks its counters' rows in the order of their keys and reads
 * the leases after that, so that it sees whatever another gate committed before. In a database of
 * one process, every lease that is not this gate's is that of a process which has ended.
 */
public final class SqlBudgetLedger implements BudgetLedger {
  /** The topic under which other gates hear that they are asked to give something back. */
  public static final String TOPIC = "budgets";

  /** A gate that said nothing for so long is gone; what it held counts as spent. */
  private static final Duration GONE_AFTER = Duration.ofSeconds(15);

  /** Clocks of gates may differ; a counter is kept for longer than its token is accepted. */
  private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

  private static final Duration RATES_KEPT = Duration.ofMinutes(10);

  /** Few enough for a moment: rounds wait meanwhile. */
  private static final int LOOKED_AT_AT_ONCE = 2_000;

  private final Database database;
  private final Dialect dialect;
  private final String gate;
  private final Clock clock;
  private final Duration goneAfter;

  /** Up to where counters were looked through; null at the beginning. Of the one thread. */
  private @Nullable CounterKey lookedAt;

  /**
   * A ledger.
   *
   * @param database where; its schema is up to date
   * @param gate the id of the gate that uses it
   * @param clock the time, where the database has none of its own
   */
  public SqlBudgetLedger(Database database, String gate, Clock clock) {
    this(database, gate, clock, GONE_AFTER);
  }

  SqlBudgetLedger(Database database, String gate, Clock clock, Duration goneAfter) {
    this.database = database;
    this.dialect = database.dialect();
    this.gate = gate;
    this.clock = clock;
    this.goneAfter = goneAfter;
  }

  @Override
  public Settlement settle(Collection<CounterKey> counters, Decision decision) {
    while (true) {
      Optional<Settlement> settlement = attempt(counters, decision);
      if (settlement.isPresent()) {
        return settlement.get();
      }
      add(counters);
    }
  }

  /** Empty when rows are missing that have to be added first. */
  private Optional<Settlement> attempt(Collection<CounterKey> counters, Decision decision) {
    boolean[] allDone = new boolean[1];
    try {
      return database.write(
          handle -> {
            allDone[0] = false;
            Optional<Settlement> settlement =
                inTransaction(handle.getConnection(), counters, decision);
            allDone[0] = true;
            return settlement;
          });
    } catch (RuntimeException e) {
      if (allDone[0]) {
        throw new LedgerDoubtException("the connection was lost while budgets were stored", e);
      }
      throw e;
    }
  }

  private Optional<Settlement> inTransaction(
      Connection connection, Collection<CounterKey> counters, Decision decision)
      throws SQLException {
    long now = now(connection);
    if (!dialect.isShared()) {
      BudgetRows.add(connection, counters, now);
    }
    Map<CounterKey, BudgetRows.Row> rows =
        BudgetRows.lock(connection, counters, dialect.forUpdate());
    if (rows.size() < counters.size()) {
      return Optional.empty();
    }
    Map<CounterKey, List<Lease>> leases =
        LeaseRows.read(connection, counters, (g, seen) -> isAlive(g, seen, now));
    Map<CounterKey, CounterState> states = new TreeMap<>();
    rows.forEach(
        (key, row) ->
            states.put(
                key,
                new CounterState(
                    row.used(),
                    row.window(),
                    row.expiresAt(),
                    leases.getOrDefault(key, List.of()))));
    Settlement settlement = decision.decide(now, states);
    store(connection, settlement.updates(), states, now);
    return Optional.of(settlement);
  }

  private boolean isAlive(String other, long seenMillis, long nowMillis) {
    return other.equals(gate)
        || (dialect.isShared() && seenMillis > nowMillis - goneAfter.toMillis());
  }

  private void store(
      Connection connection,
      List<CounterUpdate> updates,
      Map<CounterKey, CounterState> states,
      long nowMillis)
      throws SQLException {
    List<CounterUpdate> spent = new ArrayList<>(updates.size());
    List<CounterUpdate> held = new ArrayList<>(0);
    List<CounterUpdate> ended = new ArrayList<>(0);
    List<CounterUpdate> recalled = new ArrayList<>(0);
    for (CounterUpdate update : updates) {
      CounterState was = states.get(update.counter());
      if (was == null
          || was.used() != update.used()
          || was.window() != update.window()
          || !Objects.equals(was.expiresAt(), update.expiresAt())) {
        spent.add(update);
      }
      if (update.held() > 0) {
        held.add(update);
      }
      if ((update.hadLease() && update.held() == 0) || !update.ended().isEmpty()) {
        ended.add(update);
      }
      if (update.recall()) {
        recalled.add(update);
      }
    }
    if (!spent.isEmpty()) {
      BudgetRows.update(connection, spent, nowMillis);
    }
    if (!held.isEmpty()) {
      LeaseRows.put(connection, gate, held);
    }
    if (!ended.isEmpty()) {
      LeaseRows.end(connection, gate, ended);
    }
    if (!recalled.isEmpty()) {
      LeaseRows.recall(connection, gate, recalled);
      FeedHeads.tell(connection, dialect, TOPIC);
    }
  }

  /** In a transaction of its own: rows added beside locks on others could deadlock. */
  private void add(Collection<CounterKey> counters) {
    database.write(
        handle -> {
          Connection connection = handle.getConnection();
          try (Statement statement = connection.createStatement()) {
            // An empty row that a crash takes away is simply added again.
            statement.execute("SET LOCAL synchronous_commit = off");
          }
          BudgetRows.add(connection, counters, now(connection));
          return counters.size();
        });
  }

  private long now(Connection connection) throws SQLException {
    return database.nowMillis(connection, clock);
  }

  @Override
  public List<CounterKey> recalled() {
    return database.read(handle -> LeaseRows.recalled(handle.getConnection(), gate));
  }

  @Override
  public void sayAlive() {
    database.write(
        handle -> {
          Connection connection = handle.getConnection();
          LeaseRows.alive(connection, gate, now(connection));
          return gate;
        });
  }

  @Override
  public boolean forget() {
    KeyRange range =
        database.write(
            handle -> {
              Connection connection = handle.getConnection();
              long now = now(connection);
              long dayAgo = now - KEPT_AFTER_EXPIRY.toMillis();
              KeyRange next = BudgetRows.next(connection, lookedAt, LOOKED_AT_AT_ONCE);
              BudgetRows.forget(connection, next, dayAgo / 1000, now - RATES_KEPT.toMillis());
              LeaseRows.forget(connection, next);
              if (next.last() == null) {
                LeaseRows.forgetGates(connection, dayAgo);
              }
              return next;
            });
    lookedAt = range.last();
    return lookedAt != null;
  }
}
