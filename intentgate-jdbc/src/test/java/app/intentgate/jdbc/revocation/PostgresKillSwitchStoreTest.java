package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.KillSwitchStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresKillSwitchStoreTest extends KillSwitchStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.POSTGRESQL);

  @Override
  protected KillSwitchStore store() {
    return state.get().killSwitches();
  }
}
