package app.intentgate.file;

import app.intentgate.operator.OperatorStore;
import app.intentgate.operator.OperatorStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileOperatorStoreTest extends OperatorStoreContract {
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
  protected OperatorStore store() {
    return state.operators();
  }

  @Override
  protected OperatorStore again() {
    state.close();
    open();
    return state.operators();
  }
}
