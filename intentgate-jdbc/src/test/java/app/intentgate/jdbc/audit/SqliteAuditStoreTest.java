package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditStoreContract;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import org.junit.jupiter.api.AfterEach;

class SqliteAuditStoreTest extends AuditStoreContract {
  private TestStores stores;

  @Override
  protected AuditStore open() {
    if (stores == null) {
      stores = new TestStores(TestDatabase.SQLITE, directory);
    }
    return new JdbcAuditStore(stores.database());
  }

  @AfterEach
  void close() {
    if (stores != null) {
      stores.close();
    }
  }
}
