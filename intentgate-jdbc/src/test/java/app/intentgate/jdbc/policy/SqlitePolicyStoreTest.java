package app.intentgate.jdbc.policy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.policy.lifecycle.PolicyStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqlitePolicyStoreTest extends PolicyStoreContract {
  @TempDir Path directory;
  private Database database;
  private SqlState state;

  @Override
  protected PolicyStore open() {
    database = Migrated.create(TestDatabase.SQLITE, directory);
    state = SqlState.open(database);
    return state.policies();
  }

  @AfterEach
  void close() {
    state.close();
    database.close();
  }
}
