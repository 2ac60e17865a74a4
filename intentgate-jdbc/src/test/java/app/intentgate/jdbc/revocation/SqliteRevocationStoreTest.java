package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.revocation.RevocationStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteRevocationStoreTest extends RevocationStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.SQLITE);

  @Override
  protected RevocationStore store() {
    return state.get().revocations();
  }
}
