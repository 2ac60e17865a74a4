package app.intentgate.jdbc.pin;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.pin.ToolPinStore;
import app.intentgate.pin.ToolPinStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteToolPinStoreTest extends ToolPinStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.SQLITE);

  @Override
  protected ToolPinStore store() {
    return state.get().pins();
  }

  @Override
  protected ToolPinStore reread() {
    return state.again().pins();
  }
}
