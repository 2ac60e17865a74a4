package app.intentgate.jdbc.approval;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalStoreContract;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresApprovalStoreTest extends ApprovalStoreContract {
  @TempDir Path directory;
  private Database database;
  private SqlState state;

  @BeforeEach
  void open() {
    database = Migrated.create(TestDatabase.POSTGRESQL, directory);
    state = SqlState.open(database);
  }

  @AfterEach
  void close() {
    state.close();
    database.close();
  }

  @Override
  protected ApprovalStore store() {
    return state.approvals();
  }
}
