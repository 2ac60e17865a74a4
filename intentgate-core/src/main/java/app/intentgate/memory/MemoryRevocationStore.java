package app.intentgate.memory;

import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Revocations in memory. Thread-safe; looking one up takes no lock. */
public final class MemoryRevocationStore implements RevocationStore {
  private record Key(String tenant, String id) {}

  private final Map<Key, Revocation> entries = new ConcurrentHashMap<>();
  private volatile boolean chainIds;

  /** An empty store. */
  public MemoryRevocationStore() {}

  @Override
  public boolean isRevoked(String tenant, String id) {
    if (entries.isEmpty()) {
      return false;
    }
    return entries.containsKey(new Key(tenant, id))
        || entries.containsKey(new Key(Revocation.EVERY_TENANT, id));
  }

  @Override
  public boolean listsChainIds() {
    return chainIds;
  }

  @Override
  public CompletionStage<Revocation> revoke(Revocation revocation) {
    if (revocation.mayBeChainId()) {
      chainIds = true;
    }
    return CompletableFuture.completedFuture(
        entries.merge(
            new Key(revocation.tenant(), revocation.id()),
            revocation,
            (was, now) -> new Revocation(now.id(), now.tenant(), was.revokedAt(), now.reason())));
  }

  @Override
  public List<Revocation> list(@Nullable String tenant, int limit, int offset) {
    return entries.values().stream()
        .filter(r -> tenant == null || r.tenant().equals(tenant))
        .sorted(
            Comparator.comparing(Revocation::revokedAt).reversed().thenComparing(Revocation::id))
        .skip(offset)
        .limit(limit)
        .toList();
  }
}
