package app.intentgate.jdbc.opencall;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.opencall.OpenCallStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteOpenCallStoreTest extends OpenCallStoreContract {
  @TempDir Path directory;
  private Database database;
  private SqlState state;

  @BeforeEach
  void open() {
    database = Migrated.create(TestDatabase.SQLITE, directory);
    state = SqlState.open(database);
  }

  @AfterEach
  void close() {
    state.close();
    database.close();
  }

  @Override
  protected OpenCallStore store() {
    return state.openCalls();
  }
}
