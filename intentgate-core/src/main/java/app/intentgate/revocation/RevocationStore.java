package app.intentgate.revocation;

import app.intentgate.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are revoked. {@link #isRevoked} and {@link #listsChainIds} are asked on every call:
 * they answer from memory, never block, and throw {@link StoreUnavailableException} when what they
 * know may be out of date. Thread-safe.
 */
public interface RevocationStore {
  /**
   * Whether this id is revoked for this tenant or for all.
   *
   * @throws StoreUnavailableException when the answer may be out of date
   */
  boolean isRevoked(String tenant, String id);

  /** Whether any chain id is listed; while none is, chains need not be hashed to look them up. */
  boolean listsChainIds();

  /**
   * Revokes a token. Revoking it again replaces the reason and keeps the time.
   *
   * @return the entry as it stands; complete once it is durable and in force on this gate
   */
  CompletionStage<Revocation> revoke(Revocation revocation);

  /**
   * The newest entries first. May block.
   *
   * @param tenant only those of this tenant, or null for all
   * @param limit how many at the most
   * @param offset how many to pass over
   * @throws StoreUnavailableException when the store cannot answer
   */
  List<Revocation> list(@Nullable String tenant, int limit, int offset);
}
