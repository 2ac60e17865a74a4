package app.intentgate.memory;

import app.intentgate.revocation.RevocationStore;
import app.intentgate.revocation.RevocationStoreContract;

class MemoryRevocationStoreTest extends RevocationStoreContract {
  private final RevocationStore store = new MemoryRevocationStore();

  @Override
  protected RevocationStore store() {
    return store;
  }
}
