package app.intentgate.memory;

import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditStoreContract;

class MemoryAuditStoreContractTest extends AuditStoreContract {
  @Override
  protected AuditStore open() {
    return new MemoryAuditStore();
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}
