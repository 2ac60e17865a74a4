package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.Stages;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Revocations held in memory and kept in a file. Thread-safe; looking one up takes no lock. */
final class FileRevocationStore implements RevocationStore {
  private final RevocationStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  FileRevocationStore(RevocationStore memory, Function<JsonObject, CompletionStage<Void>> log) {
    this.memory = memory;
    this.log = log;
  }

  @Override
  public boolean isRevoked(String tenant, String id) {
    return memory.isRevoked(tenant, id);
  }

  @Override
  public boolean listsChainIds() {
    return memory.listsChainIds();
  }

  /** In force at once, even should it fail to become durable. */
  @Override
  public CompletionStage<Revocation> revoke(Revocation revocation) {
    return Stages.then(
        memory.revoke(revocation),
        entry -> log.apply(StateLines.of(entry)).thenApply(done -> entry));
  }

  @Override
  public List<Revocation> list(@Nullable String tenant, int limit, int offset) {
    return memory.list(tenant, limit, offset);
  }
}
