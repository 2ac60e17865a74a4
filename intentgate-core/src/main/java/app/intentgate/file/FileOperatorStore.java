package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.operator.LastUses;
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
 * Operators' accounts held in memory and kept in a file. When an account last signed in is written
 * behind, at most once a minute for each. Thread-safe: a change and its line are made under one
 * lock, so that the last line of an account is its last change; asking takes no lock.
 */
final class FileOperatorStore implements OperatorStore {
  private static final System.Logger LOG = System.getLogger(FileOperatorStore.class.getName());

  private final OperatorStore memory;
  private final LastUses uses = new LastUses();
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
  public synchronized CompletionStage<Void> create(OperatorAccount account) {
    return Stages.then(memory.create(account), done -> log.apply(OperatorLines.of(account)));
  }

  /** In force at once, even should it fail to become durable: what is revoked stays so. */
  @Override
  public synchronized CompletionStage<Boolean> replace(
      OperatorAccount expected, OperatorAccount next) {
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
    if (memory.find(id) != null && uses.note(id, at)) {
      Stages.recover(
          log.apply(OperatorLines.used(id, at)),
          failure -> {
            LOG.log(
                System.Logger.Level.WARNING,
                "when operator {0} signed in could not be kept: {1}",
                id,
                failure.getMessage());
            return null;
          });
    }
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
