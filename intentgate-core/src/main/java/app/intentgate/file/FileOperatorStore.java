package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.store.Stages;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operators' accounts held in memory and kept in a file. When an account last signed in is not
 * kept. Thread-safe; asking takes no lock.
 */
public final class FileOperatorStore implements OperatorStore {
  private final OperatorStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileOperatorStore(OperatorStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public @Nullable OperatorAccount find(String id) {
    return memory.find(id);
  }

  @Override
  public CompletionStage<Void> create(OperatorAccount account) {
    return Stages.then(memory.create(account), done -> log.apply(OperatorLines.of(account)));
  }

  /** In force at once, even should it fail to become durable: what is revoked stays so. */
  @Override
  public CompletionStage<Boolean> replace(OperatorAccount expected, OperatorAccount next) {
    return Stages.then(
        memory.replace(expected, next),
        replaced ->
            replaced
                ? log.apply(OperatorLines.of(next)).thenApply(done -> true)
                : CompletableFuture.completedFuture(false));
  }

  @Override
  public void used(String id, Instant at) {
    memory.used(id, at);
  }

  @Override
  public @Nullable Instant lastUsed(String id) {
    return memory.lastUsed(id);
  }

  @Override
  public List<OperatorAccount> list(@Nullable String tenant) {
    return memory.list(tenant);
  }
}
