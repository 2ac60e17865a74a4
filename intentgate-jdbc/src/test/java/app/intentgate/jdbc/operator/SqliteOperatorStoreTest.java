package app.intentgate.jdbc.operator;

import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.OperatorStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteOperatorStoreTest extends OperatorStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.SQLITE);

  @Override
  protected OperatorStore store() {
    return state.get().operators();
  }

  @Override
  protected OperatorStore again() {
    return state.again().operators();
  }
}
