package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.KillSwitchStoreContract;
import app.intentgate.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

  private final List<CompletableFuture<Void>> writes = new ArrayList<>();
  private final FileKillSwitchStore onSlowDisk =
      new FileKillSwitchStore(
          new MemoryKillSwitchStore(),
          line -> {
            writes.add(new CompletableFuture<>());
            return writes.get(writes.size() - 1);
          });

  private static KillSwitchEntry kill(String tenant) {
    return new KillSwitchEntry(Scope.TENANT, tenant, "", "incident", Instant.EPOCH, "pat");
  }

  @Test
  void a_switch_engaged_while_its_release_waits_for_the_disk_stays_engaged() {
    onSlowDisk.engage(kill("acme"));
    CompletionStage<Boolean> released = onSlowDisk.release(Scope.TENANT, "acme", "");
    onSlowDisk.engage(kill("acme"));
    writes.forEach(write -> write.complete(null));

    assertThat(onSlowDisk.engaged("acme", "bot")).as("engaged last").isNotNull();
    assertThat(released).isCompletedWithValue(true);

    CompletionStage<Boolean> again = onSlowDisk.release(Scope.TENANT, "acme", "");
    assertThat(onSlowDisk.engaged("acme", "bot")).as("not durable yet").isNotNull();
    writes.get(3).complete(null);
    assertThat(again).isCompletedWithValue(true);
    assertThat(onSlowDisk.engaged("acme", "bot")).isNull();
  }

  @Test
  void a_release_waits_for_no_other_switch_and_one_that_fails_changes_nothing() {
    onSlowDisk.engage(kill("acme"));
    CompletionStage<Boolean> failed = onSlowDisk.release(Scope.TENANT, "acme", "");
    CompletionStage<Boolean> released = onSlowDisk.release(Scope.TENANT, "acme", "");
    onSlowDisk.engage(kill("globex"));
    writes.get(1).completeExceptionally(new StoreUnavailableException("disk full"));
    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
    assertThat(onSlowDisk.engaged("acme", "bot")).isNotNull();

    writes.get(2).complete(null);
    assertThat(released).isCompletedWithValue(true);
    assertThat(onSlowDisk.engaged("acme", "bot")).isNull();
    assertThat(onSlowDisk.engaged("globex", "bot")).isNotNull();
  }
}
