package app.intentgate.file;

import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.KillSwitchStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileKillSwitchStoreTest extends KillSwitchStoreContract {
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
  protected KillSwitchStore store() {
    return state.killSwitches();
  }
}
