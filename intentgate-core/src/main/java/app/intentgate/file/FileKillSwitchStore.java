package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.store.Stages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Kill switches held in memory and kept in a file. Thread-safe: a step and its line are made under
 * one lock, so that the last line of a switch is its last step; asking takes no lock.
 */
final class FileKillSwitchStore implements KillSwitchStore {
  /** A release whose line is written and not durable yet. */
  private static final class Release {
    private final KillSwitchEntry what;
    private final boolean wasEngaged;

    Release(KillSwitchEntry what, boolean wasEngaged) {
      this.what = what;
      this.wasEngaged = wasEngaged;
    }

    boolean isOf(KillSwitchEntry entry) {
      return entry.scope() == what.scope()
          && entry.tenant().equals(what.tenant())
          && entry.agent().equals(what.agent());
    }
  }

  private final KillSwitchStore memory;
  private final Function<JsonObject, CompletionStage<Void>> log;

  /** Those that still count: none of a switch that was engaged since. */
  private final List<Release> releasing = new ArrayList<>();

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
  public synchronized CompletionStage<KillSwitchEntry> engage(KillSwitchEntry entry) {
    releasing.removeIf(release -> release.isOf(entry));
    return Stages.then(
        memory.engage(entry),
        engaged -> log.apply(StateLines.of(StateLines.KILL, engaged)).thenApply(done -> engaged));
  }

  /** Released only once that is durable, and not when it was engaged again meanwhile. */
  @Override
  public CompletionStage<Boolean> release(Scope scope, String tenant, String agent) {
    KillSwitchEntry what = new KillSwitchEntry(scope, tenant, agent, "", Instant.EPOCH, "");
    Release release;
    CompletionStage<Void> durable;
    synchronized (this) {
      release = new Release(what, isEngaged(scope, tenant, agent));
      durable = log.apply(StateLines.of(StateLines.RELEASE, what));
      releasing.add(release);
    }
    return durable
        .handle((done, failure) -> released(release, failure))
        .thenCompose(Function.identity());
  }

  private boolean isEngaged(Scope scope, String tenant, String agent) {
    KillSwitchEntry found =
        switch (scope) {
          case GLOBAL -> memory.engaged("", "");
          case TENANT -> memory.engaged(tenant, "");
          case AGENT -> memory.engaged(tenant, agent);
        };
    return found != null && found.scope() == scope;
  }

  private synchronized CompletionStage<Boolean> released(
      Release release, @Nullable Throwable failure) {
    boolean counts = releasing.remove(release);
    if (failure != null) {
      return CompletableFuture.failedFuture(Stages.unwrap(failure));
    }
    KillSwitchEntry what = release.what;
    return counts
        ? memory.release(what.scope(), what.tenant(), what.agent())
        : CompletableFuture.completedFuture(release.wasEngaged);
  }

  @Override
  public List<KillSwitchEntry> list(@Nullable String tenant) {
    return memory.list(tenant);
  }
}
