package app.intentgate.file;

import app.intentgate.revocation.RevocationStore;
import app.intentgate.revocation.RevocationStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileRevocationStoreTest extends RevocationStoreContract {
  @TempDir Path folder;
  private FileStateStore state;

  @BeforeEach
  void open() {
    state = FileStateStore.open(folder, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Override
  protected RevocationStore store() {
    return state.revocations();
  }
}
