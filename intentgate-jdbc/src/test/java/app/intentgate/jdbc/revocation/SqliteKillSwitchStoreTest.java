package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.KillSwitchStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteKillSwitchStoreTest extends KillSwitchStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.SQLITE);

  @Override
  protected KillSwitchStore store() {
    return state.get().killSwitches();
  }
}
