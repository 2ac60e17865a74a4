package app.intentgate.token;

import app.intentgate.token.TokenException.Code;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Mints tokens with the newest key of a ring. Immutable and thread-safe. */
public final class TokenMinter {
  private final KeyRing keys;
  private final Clock clock;
  private final TokenIds ids;

  private TokenMinter(KeyRing keys, Clock clock, TokenIds ids) {
    this.keys = keys;
    this.clock = clock;
    this.ids = ids;
  }

  /** A minter with a source of time and ids. */
  public static TokenMinter of(KeyRing keys, Clock clock, TokenIds ids) {
    return new TokenMinter(keys, clock, ids);
  }

  /** A minter by the system's clock and randomness. */
  public static TokenMinter of(KeyRing keys) {
    Clock clock = Clock.systemUTC();
    return new TokenMinter(keys, clock, new TokenIds(clock, new SecureRandom()));
  }

  /**
   * A new token for a grant.
   *
   * @throws TokenException with {@code INVALID_GRANT} when it would be too large to be read again
   */
  public CapabilityToken mint(Grant grant) {
    return mint(grant, ids.next(), clock.instant());
  }

  /**
   * The token of an id and a time for a grant: the same for the same, as long as the newest key is
   * the same. For tokens that stand for an identity proved elsewhere, which every gate has to make
   * alike so that limits and revocations hold on all.
   *
   * @throws TokenException with {@code INVALID_GRANT} when it would be too large to be read again
   */
  public CapabilityToken mint(Grant grant, String id, Instant issuedAt) {
    MasterKey key = keys.newest();
    long now = issuedAt.getEpochSecond();
    CapabilityToken bare =
        new CapabilityToken(
            CapabilityToken.VERSION,
            id,
            id,
            grant.issuer(),
            grant.tenant(),
            grant.zone(),
            grant.subject(),
            now,
            grant.notBefore(),
            List.of(),
            "");
    CapabilityToken token =
        bare.signed(Hmac.of(key.bytes(), bare.payload())).attenuate(grant.caveats(key, id, now));
    if (token.encode().length() > CapabilityToken.MAX_ENCODED_LENGTH) {
      throw new TokenException(
          Code.INVALID_GRANT,
          "the token would be longer than " + CapabilityToken.MAX_ENCODED_LENGTH + " characters");
    }
    return token;
  }
}
