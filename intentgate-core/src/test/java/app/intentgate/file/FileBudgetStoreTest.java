package app.intentgate.file;

import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.BudgetStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileBudgetStoreTest extends BudgetStoreContract {
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
  protected BudgetStore store() {
    return state.budgets();
  }

  @Override
  protected void pass(Duration time) {
    // What nothing can be charged to is left out when the file is written, and so not read again.
    for (int i = 0; i < 2; i++) {
      state.close();
      state = FileStateStore.open(folder, Clock.offset(Clock.systemUTC(), time));
    }
  }
}
