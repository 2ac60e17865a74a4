package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A PostgreSQL that is gone or stands still under load: for 30 and 20 seconds where {@link
 * Rounds#LONG} says so, else for as long as it takes to be noticed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DatabaseGoneTest {
  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();
  private final Rounds rounds = new Rounds();
  private final Set<Integer> executed = ConcurrentHashMap.newKeySet();
  private final List<Integer> twice = new CopyOnWriteArrayList<>();

  /** What a database goes through. */
  private interface Event {
    void happen() throws Exception;
  }

  /** Nothing is decided while it is away, and calls go on when it is back. */
  private void away(Load load, int seconds, Event begin, Event end) throws Exception {
    load.untilDecided(30);
    begin.happen();
    int begun = ledger.begun();
    long over = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    load.until("refusals", all -> all.refused.stream().filter(n -> n > begun).count() >= 8);
    load.until("the time to pass", all -> System.nanoTime() > over);
    assertThat(ledger.lastDecided.get())
        .as("decided without a database")
        .isLessThanOrEqualTo(begun);
    end.happen();
    load.untilDecided(30);
  }

  private FakeMcpServer toolServer() throws Exception {
    return new FakeMcpServer(
        (request, reply) -> {
          int number = request.json().at("/params/arguments/n").asInt();
          if (!executed.add(number)) {
            twice.add(number);
          }
          reply.result(request, "{\"content\":[]}");
        });
  }

  @Test
  void what_a_database_that_is_away_frozen_or_killed_cannot_store_is_refused_and_not_executed_B59()
      throws Exception {
    try (OwnPostgres database = new OwnPostgres(directory.resolve("pg"));
        FakeMcpServer upstream = toolServer();
        GateProcess gate =
            FaultGate.start(
                directory.resolve("data"),
                "POSTGRES_URL",
                database.url(),
                "AUDIT_WAIT_MS",
                "1000",
                "UPSTREAM_URL",
                upstream.url())) {
      String token = Chain.mint(gate, 0);
      try (Load load = new Load(gate, token, 4, ledger)) {
        away(load, Rounds.LONG ? 20 : 0, database::freeze, database::thaw);
        rounds.run(
            2,
            round -> {
              load.untilDecided(rounds.between(10, 50));
              database.kill();
              database.start();
              load.untilDecided(30);
            });
        away(load, Rounds.LONG ? 30 : 2, database::kill, database::start);
      }
      Chain.check(gate, ledger);
    }
    assertThat(executed).hasSizeGreaterThanOrEqualTo(100);
    assertThat(executed).doesNotContainAnyElementsOf(ledger.refused);
    assertThat(twice).as("executed twice").isEmpty();
  }
}
