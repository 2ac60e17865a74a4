package app.intentgate.jdbc.opencall;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.opencall.OpenCallStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresOpenCallStoreTest extends OpenCallStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.POSTGRESQL);

  @Override
  protected OpenCallStore store() {
    return state.get().openCalls();
  }
}
