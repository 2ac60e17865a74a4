package app.intentgate.memory;

import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Operators' accounts in memory. */
public final class MemoryOperatorStore implements OperatorStore {
  private final ConcurrentHashMap<String, OperatorAccount> accounts = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Instant> used = new ConcurrentHashMap<>();

  /** A store without accounts. */
  public MemoryOperatorStore() {}

  @Override
  public @Nullable OperatorAccount find(String id) {
    return accounts.get(id);
  }

  @Override
  public CompletionStage<Void> create(OperatorAccount account) {
    if (accounts.putIfAbsent(account.id(), account) != null) {
      throw new IllegalArgumentException("there is an operator " + account.id() + " already");
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Boolean> replace(OperatorAccount expected, OperatorAccount next) {
    return CompletableFuture.completedFuture(accounts.replace(expected.id(), expected, next));
  }

  @Override
  public void used(String id, Instant at) {
    if (accounts.containsKey(id)) {
      used.merge(id, at, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  @Override
  public @Nullable Instant lastUsed(String id) {
    return used.get(id);
  }

  @Override
  public List<OperatorAccount> list(@Nullable String tenant) {
    return accounts.values().stream()
        .filter(account -> tenant == null || account.tenant().equals(tenant))
        .sorted(Comparator.comparing(OperatorAccount::createdAt).thenComparing(OperatorAccount::id))
        .toList();
  }
}
