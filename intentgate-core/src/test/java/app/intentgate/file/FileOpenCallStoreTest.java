package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.opencall.OpenCallStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
      assertThat(state.keptOpenCalls()).containsExactly(again);
    }
  }

  @Test
  void the_last_line_of_a_call_is_its_last_step() {
    OpenCall call = call(new OpenCall.Session("", "", ""), "1", "c-1", 0);
    Overtaking log = new Overtaking();
    FileOpenCallStore calls = new FileOpenCallStore(new MemoryOpenCallStore(), log);
    log.with(() -> calls.take(call.key()));
    calls.keep(call).toCompletableFuture().join();

    assertThat(log.lines())
        .containsExactly(OpenCallLines.of(call), OpenCallLines.taken(call.key()));
  }

  @Test
  void a_call_given_up_for_another_and_kept_again_is_open_in_its_file() {
    OpenCall.Session session = new OpenCall.Session("", "", "");
    List<JsonObject> lines = new ArrayList<>();
    CompletableFuture<Void> disk = new CompletableFuture<>();
    FileOpenCallStore calls =
        new FileOpenCallStore(
            new MemoryOpenCallStore(),
            line -> {
              lines.add(line);
              return disk;
            });
    for (int i = 0; i <= OpenCall.MAX_PER_SESSION; i++) {
      calls.keep(call(session, String.valueOf(i), "c-" + i, 0));
    }
    OpenCall again = call(session, "0", "c-again", 1);
    calls.keep(again);
    disk.complete(null);

    assertThat(lines)
        .filteredOn(line -> OpenCallLines.key(line).equals(again.key()))
        .last()
        .isEqualTo(OpenCallLines.of(again));
  }
}
