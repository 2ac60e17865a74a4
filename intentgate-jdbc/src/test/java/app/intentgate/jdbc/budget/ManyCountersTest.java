package app.intentgate.jdbc.budget;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Counters that whoever has a token made by the thousand are forgotten a part at a time: all at
 * once took longer than a database may say nothing, and calls waited for it.
 */
class ManyCountersTest {
  private static final int MANY = 5_000;

  @TempDir Path directory;

  /** Every second one of them is over: rates by their last use, the others with their token. */
  private static void fill(Database database, int many) {
    String kinds = "CASE i % 4 WHEN 0 THEN 'rate_limit' WHEN 1 THEN 'rate_limit' ELSE 'max_calls'";
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO ig_budgets (tenant, kind, counter, used, moments, expires_s,"
                    + " touched_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i < ?) SELECT CASE i % 3 WHEN 0 THEN 'acme' ELSE 'globex' END, "
                    + kinds
                    + " END, 'k' || i, 1, '', CASE i % 4 WHEN 3 THEN 7 END,"
                    + " CASE i % 4 WHEN 1 THEN 7 ELSE 9000000000000 END FROM n",
                many));
    database.write(
        handle ->
            handle.execute(
                "INSERT INTO ig_budget_leases (tenant, kind, counter, gate, held, counts_at_ms,"
                    + " recalled) SELECT tenant, kind, counter, 'gate', 1, 0, FALSE"
                    + " FROM ig_budgets"));
  }

  private static int count(Database database, String rows) {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM " + rows).mapTo(Integer.class).one());
  }

  @ParameterizedTest
  @EnumSource
  void they_are_forgotten_part_by_part_and_none_that_counts(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory)) {
      fill(database, MANY);
      SqlBudgetLedger ledger = new SqlBudgetLedger(database, "gate", Clock.systemUTC());

      assertThat(ledger.forget()).isTrue();
      int left = count(database, "ig_budgets");
      assertThat(left).as("a part").isGreaterThan(MANY / 2).isLessThan(MANY);
      assertThat(count(database, "ig_budget_leases")).isEqualTo(left);

      int parts = 1;
      while (ledger.forget()) {
        parts++;
      }
      assertThat(parts).isEqualTo(2);
      assertThat(count(database, "ig_budgets")).isEqualTo(MANY / 2);
      assertThat(count(database, "ig_budgets WHERE touched_ms = 7 OR expires_s = 7")).isZero();
      assertThat(count(database, "ig_budget_leases")).isEqualTo(MANY / 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"SQLITE, 2000", "POSTGRESQL, 2000", "SQLITE, 4000", "POSTGRESQL, 4000"})
  void after_the_last_one_it_begins_anew(TestDatabase kind, int many) {
    try (Database database = Migrated.create(kind, directory)) {
      fill(database, many);
      SqlBudgetLedger ledger = new SqlBudgetLedger(database, "gate", Clock.systemUTC());
      while (ledger.forget()) {}
      database.write(handle -> handle.execute("UPDATE ig_budgets SET expires_s = 7"));
      database.write(
          handle ->
              handle.execute(
                  "INSERT INTO ig_budget_leases (tenant, kind, counter, gate, held, counts_at_ms,"
                      + " recalled) VALUES ('zzz', 'max_calls', 'of no counter', 'gate', 1, 0,"
                      + " FALSE)"));

      while (ledger.forget()) {}

      assertThat(count(database, "ig_budgets")).isZero();
      assertThat(count(database, "ig_budget_leases")).isZero();
    }
  }
}
