package app.intentgate.memory;

import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Kill switches in memory. Thread-safe; asking takes no lock. */
public final class MemoryKillSwitchStore implements KillSwitchStore {
  private record Key(Scope scope, String tenant, String agent) {}

  private static final Key GLOBAL = new Key(Scope.GLOBAL, "", "");

  private final Map<Key, KillSwitchEntry> entries = new ConcurrentHashMap<>();

  /** An empty store. */
  public MemoryKillSwitchStore() {}

  @Override
  public @Nullable KillSwitchEntry engaged(String tenant, String agent) {
    if (entries.isEmpty()) {
      return null;
    }
    KillSwitchEntry found = null;
    if (!tenant.isEmpty()) {
      if (!agent.isEmpty()) {
        found = entries.get(new Key(Scope.AGENT, tenant, agent));
      }
      if (found == null) {
        found = entries.get(new Key(Scope.TENANT, tenant, ""));
      }
    }
    return found != null ? found : entries.get(GLOBAL);
  }

  @Override
  public CompletionStage<KillSwitchEntry> engage(KillSwitchEntry entry) {
    return CompletableFuture.completedFuture(
        entries.merge(
            new Key(entry.scope(), entry.tenant(), entry.agent()),
            entry,
            (was, now) ->
                new KillSwitchEntry(
                    now.scope(),
                    now.tenant(),
                    now.agent(),
                    now.reason(),
                    was.setAt(),
                    now.setBy())));
  }

  @Override
  public CompletionStage<Boolean> release(Scope scope, String tenant, String agent) {
    return CompletableFuture.completedFuture(entries.remove(key(scope, tenant, agent)) != null);
  }

  private static Key key(Scope scope, String tenant, String agent) {
    return switch (scope) {
      case GLOBAL -> GLOBAL;
      case TENANT -> new Key(scope, tenant, "");
      case AGENT -> new Key(scope, tenant, agent);
    };
  }

  @Override
  public List<KillSwitchEntry> list(@Nullable String tenant) {
    return entries.values().stream()
        .filter(e -> tenant == null || e.scope() == Scope.GLOBAL || e.tenant().equals(tenant))
        .sorted(Comparator.comparing(KillSwitchEntry::setAt).reversed())
        .toList();
  }
}
