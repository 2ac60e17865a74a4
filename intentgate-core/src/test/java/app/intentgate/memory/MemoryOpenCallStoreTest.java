package app.intentgate.memory;

import app.intentgate.opencall.OpenCallStore;
import app.intentgate.opencall.OpenCallStoreContract;

class MemoryOpenCallStoreTest extends OpenCallStoreContract {
  private final MemoryOpenCallStore store = new MemoryOpenCallStore();

  @Override
  protected OpenCallStore store() {
    return store;
  }
}
