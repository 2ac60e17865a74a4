package app.intentgate.jdbc.opencall;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.opencall.OpenCallStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteOpenCallStoreTest extends OpenCallStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.SQLITE);

  @Override
  protected OpenCallStore store() {
    return state.get().openCalls();
  }
}
