package app.intentgate.token;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token whose chain of signatures begins with a master key of this gate. Only a {@link
 * TokenVerifier} makes one. It says nothing about time, revocation and caveats: {@link CaveatCheck}
 * and the stores judge those on every call. Immutable and thread-safe.
 */
public final class VerifiedToken {
  private static final JsonString SUBJECT = JsonString.of("subject");
  private static final JsonString TENANT = JsonString.of("tenant");
  private static final JsonString ZONE = JsonString.of("zone");
  private static final JsonString STEP_UP_AT = JsonString.of("step_up_at");

  private final CapabilityToken token;
  private final String keyId;
  private final long stepUpAt;
  private final byte[] signatures;
  private final @Nullable Long expiresAt;
  private @Nullable List<String> chainIds;
  private @Nullable List<Limit> limits;
  private @Nullable JsonObject forPolicy;

  VerifiedToken(CapabilityToken token, String keyId, long stepUpAt, byte[] signatures) {
    this.token = token;
    this.keyId = keyId;
    this.stepUpAt = stepUpAt;
    this.signatures = signatures;
    this.expiresAt = expiryOf(token);
  }

  private static @Nullable Long expiryOf(CapabilityToken token) {
    Long first = null;
    for (Caveat caveat : token.caveats()) {
      first = earlier(first, caveat);
    }
    return first;
  }

  /** When a token ends that ended then and has one more caveat; null for never. */
  private static @Nullable Long earlier(@Nullable Long end, Caveat caveat) {
    return caveat instanceof Caveat.Expiry expiry && (end == null || expiry.epochSecond() < end)
        ? (Long) expiry.epochSecond()
        : end;
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

  /** The first second since 1970 in which it is no longer valid, or null when it never ends. */
  public @Nullable Long expiresAt() {
    return expiresAt;
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

  /**
   * What policies see of it, {@code input.capability}: what is empty is left out. Made once, since
   * one token serves many calls.
   */
  public JsonObject forPolicy() {
    JsonObject made = forPolicy;
    if (made == null) {
      made = makeForPolicy();
      forPolicy = made;
    }
    return made;
  }

  private JsonObject makeForPolicy() {
    JsonObject.Builder out = JsonObject.builder(4);
    putText(out, SUBJECT, token.subject());
    putText(out, TENANT, token.tenant());
    putText(out, ZONE, token.zone());
    if (stepUpAt > 0) {
      out.put(STEP_UP_AT, JsonNumber.of(stepUpAt));
    }
    return out.build();
  }

  private static void putText(JsonObject.Builder out, JsonString key, String text) {
    if (!text.isEmpty()) {
      out.put(key, JsonString.of(text));
    }
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

  /**
   * A counter belongs to the token up to its caveat, so that it ends with that one: whoever holds a
   * descendant adds an end to theirs, and must not have the ancestors' count forgotten by it.
   */
  private List<Limit> findLimits() {
    List<Limit> found = new ArrayList<>();
    Long ends = null;
    for (int i = 0; i < token.caveats().size(); i++) {
      Caveat caveat = token.caveats().get(i);
      ends = earlier(ends, caveat);
      if (caveat instanceof Caveat.MaxCalls c) {
        found.add(new Limit.Calls(i, counter(i), ends, Math.max(0, c.calls())));
      } else if (caveat instanceof Caveat.RateLimit c) {
        found.add(new Limit.Rate(i, counter(i), ends, Math.max(0, c.callsPerMinute())));
      } else if (caveat instanceof Caveat.MaxCost c) {
        found.add(new Limit.Cost(i, counter(i), ends, Math.max(0, c.cents())));
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
