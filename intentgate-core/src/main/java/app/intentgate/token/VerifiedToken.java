package app.intentgate.token;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token whose chain of signatures begins with a master key of this gate. Only a {@link
 * TokenVerifier} makes one. It says nothing about time, revocation and caveats: {@link CaveatCheck}
 * and the stores judge those on every call. Immutable and thread-safe.
 */
public final class VerifiedToken {
  private final CapabilityToken token;
  private final String keyId;
  private final long stepUpAt;
  private final byte[] signatures;
  private @Nullable List<String> chainIds;
  private @Nullable List<Limit> limits;

  VerifiedToken(CapabilityToken token, String keyId, long stepUpAt, byte[] signatures) {
    this.token = token;
    this.keyId = keyId;
    this.stepUpAt = stepUpAt;
    this.signatures = signatures;
  }

  /** What the token says. */
  public CapabilityToken token() {
    return token;
  }

  /** The {@linkplain MasterKey#id id} of the master key it was signed with. */
  public String keyId() {
    return keyId;
  }

  /** The newest step-up that a gate proved (B9), in seconds since 1970; 0 when there is none. */
  public long stepUpAt() {
    return stepUpAt;
  }

  /** The chain id of this very token (B11). */
  public String chainId() {
    return chainIds().get(token.caveats().size());
  }

  /**
   * The chain ids of the token and all its ancestors, oldest first: at each place that of the token
   * with so many caveats. One of them in the list of revocations revokes this token (B11).
   */
  public List<String> chainIds() {
    List<String> ids = chainIds;
    if (ids == null) {
      List<String> all = new ArrayList<>();
      for (int at = 0; at < signatures.length; at += Hmac.LENGTH) {
        all.add(ChainId.of(signatures, at));
      }
      ids = List.copyOf(all);
      chainIds = ids;
    }
    return ids;
  }

  /** The caveats that have to be counted, in the token's order. Negative limits permit nothing. */
  public List<Limit> limits() {
    List<Limit> all = limits;
    if (all == null) {
      all = findLimits();
      limits = all;
    }
    return all;
  }

  private List<Limit> findLimits() {
    List<Limit> found = new ArrayList<>();
    for (int i = 0; i < token.caveats().size(); i++) {
      Caveat caveat = token.caveats().get(i);
      if (caveat instanceof Caveat.MaxCalls c) {
        found.add(new Limit.Calls(i, counter(i), Math.max(0, c.calls())));
      } else if (caveat instanceof Caveat.RateLimit c) {
        found.add(new Limit.Rate(i, counter(i), Math.max(0, c.callsPerMinute())));
      } else if (caveat instanceof Caveat.MaxCost c) {
        found.add(new Limit.Cost(i, counter(i), Math.max(0, c.cents())));
      }
    }
    return List.copyOf(found);
  }

  private String counter(int caveat) {
    return ChainId.of(signatures, (caveat + 1) * Hmac.LENGTH);
  }

  /** What the token says, without the signature that makes it usable. */
  @Override
  public String toString() {
    return "VerifiedToken[" + token + "]";
  }
}
