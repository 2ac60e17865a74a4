package app.intentgate.jdbc.budget;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.BudgetStoreContract;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresBudgetStoreTest extends BudgetStoreContract {
  @TempDir Path directory;
  private Database database;
  private LeasedBudgetStore store;
  private int gates;

  @BeforeEach
  void open() {
    database = Migrated.create(TestDatabase.POSTGRESQL, directory);
    store = gate();
  }

  private LeasedBudgetStore gate() {
    String name = "gate-" + ++gates;
    return new LeasedBudgetStore(
        name,
        new SqlBudgetLedger(database, name, Clock.systemUTC()),
        LeaseOptions.shared().byCallTime());
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  @Override
  protected BudgetStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    store.close();
    // The database's clock cannot be set, so what it holds grows older.
    int rows =
        database.write(
            handle ->
                handle.execute(
                    "UPDATE ig_budgets SET expires_s = expires_s - ?, touched_ms = touched_ms - ?",
                    time.toSeconds(),
                    time.toMillis()));
    assertThat(rows).isPositive();
    assertThat(new SqlBudgetLedger(database, "gate-0", Clock.systemUTC()).forget()).isFalse();
    store = gate();
  }
}
