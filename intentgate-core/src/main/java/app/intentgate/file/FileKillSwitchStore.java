package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.store.Stages;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kill switches held in memory and kept in a file. Thread-safe; asking takes no lock. */
public final class FileKillSwitchStore implements KillSwitchStore {
  private final KillSwitchStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileKillSwitchStore(KillSwitchStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public @Nullable KillSwitchEntry engaged(String tenant, String agent) {
    return memory.engaged(tenant, agent);
  }

  /** In force at once, even should it fail to become durable. */
  @Override
  public CompletionStage<KillSwitchEntry> engage(KillSwitchEntry entry) {
    return Stages.then(
        memory.engage(entry),
        engaged -> log.apply(StateLines.of(StateLines.KILL, engaged)).thenApply(done -> engaged));
  }

  /** Released only once that is durable. */
  @Override
  public CompletionStage<Boolean> release(Scope scope, String tenant, String agent) {
    KillSwitchEntry released = new KillSwitchEntry(scope, tenant, agent, "", Instant.EPOCH, "");
    return log.apply(StateLines.of(StateLines.RELEASE, released))
        .thenCompose(done -> memory.release(scope, tenant, agent));
  }

  @Override
  public List<KillSwitchEntry> list(@Nullable String tenant) {
    return memory.list(tenant);
  }
}
