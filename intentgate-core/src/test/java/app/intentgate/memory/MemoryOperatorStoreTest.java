package app.intentgate.memory;

import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.OperatorStoreContract;

class MemoryOperatorStoreTest extends OperatorStoreContract {
  private final MemoryOperatorStore store = new MemoryOperatorStore();

  @Override
  protected OperatorStore store() {
    return store;
  }
}
