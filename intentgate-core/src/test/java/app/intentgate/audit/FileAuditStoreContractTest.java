package app.intentgate.audit;

class FileAuditStoreContractTest extends AuditStoreContract {
  @Override
  protected AuditStore open() {
    return FileAuditStore.open(directory.resolve("audit.jsonl"));
  }
}
