package app.intentgate.memory;

import app.intentgate.pin.ToolPinStore;
import app.intentgate.pin.ToolPinStoreContract;

class MemoryToolPinStoreTest extends ToolPinStoreContract {
  private final MemoryToolPinStore store = new MemoryToolPinStore();

  @Override
  protected ToolPinStore store() {
    return store;
  }
}
