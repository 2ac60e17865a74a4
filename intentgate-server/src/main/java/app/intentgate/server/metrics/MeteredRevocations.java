package app.intentgate.server.metrics;

import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A revocation store whose look-ups are counted. */
public final class MeteredRevocations implements RevocationStore {
  private final RevocationStore store;
  private final GateMetrics metrics;

  /** Counts the look-ups of a store. */
  public MeteredRevocations(RevocationStore store, GateMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
  }

  @Override
  public boolean isRevoked(String tenant, String id) {
    long start = System.nanoTime();
    try {
      boolean revoked = store.isRevoked(tenant, id);
      metrics.lookedUp(revoked ? "revoked" : "not_revoked", System.nanoTime() - start);
      return revoked;
    } catch (StoreUnavailableException e) {
      metrics.lookedUp("error", System.nanoTime() - start);
      throw e;
    }
  }

  @Override
  public boolean listsChainIds() {
    return store.listsChainIds();
  }

  @Override
  public CompletionStage<Revocation> revoke(Revocation revocation) {
    return store.revoke(revocation);
  }

  @Override
  public List<Revocation> list(@Nullable String tenant, int limit, int offset) {
    return store.list(tenant, limit, offset);
  }
}
