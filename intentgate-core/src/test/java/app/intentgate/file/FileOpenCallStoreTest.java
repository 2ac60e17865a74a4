package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.opencall.OpenCallStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOpenCallStoreTest extends OpenCallStoreContract {
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
  protected OpenCallStore store() {
    return state.openCalls();
  }

  @Test
  void open_calls_outlast_a_restart_and_taken_ones_do_not_come_back() {
    OpenCall.Session session = new OpenCall.Session("", "", "");
    OpenCall kept = call(session, "1", "c-1", 0);
    OpenCall again = call(session, "1", "c-2", 1);
    OpenCall taken = call(session, "2", "c-3", 0);
    for (OpenCall call : new OpenCall[] {kept, again, taken}) {
      store().keep(call).toCompletableFuture().join();
    }
    store().take(taken.key()).toCompletableFuture().join();

    for (int restart = 0; restart < 2; restart++) {
      state.close();
      open();
      assertThat(state.openCalls().all()).containsExactly(again);
    }
  }
}
