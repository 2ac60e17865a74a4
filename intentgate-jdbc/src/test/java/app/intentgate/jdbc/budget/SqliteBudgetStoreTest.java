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

class SqliteBudgetStoreTest extends BudgetStoreContract {
  @TempDir Path directory;
  private Database database;
  private LeasedBudgetStore store;
  private int gates;

  @BeforeEach
  void open() {
    database = Migrated.create(TestDatabase.SQLITE, directory);
    store = gate();
  }

  private LeasedBudgetStore gate() {
    String name = "gate-" + ++gates;
    return new LeasedBudgetStore(
        name, new SqlBudgetLedger(database, name, Clock.systemUTC()), LeaseOptions.alone());
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
    assertThat(
            new SqlBudgetLedger(database, "gate-0", Clock.offset(Clock.systemUTC(), time)).forget())
        .isFalse();
    store = gate();
  }
}
