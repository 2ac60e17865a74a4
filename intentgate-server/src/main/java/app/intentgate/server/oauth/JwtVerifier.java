package app.intentgate.server.oauth;

import app.intentgate.store.Stages;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether an access token is one of the configured issuers', for this gate, and valid now.
 * Thread-safe.
 */
final class JwtVerifier {
  /** How far the issuer's clock and ours may be apart, in seconds. */
  static final long LEEWAY = 30;

  private final Map<String, IssuerKeys> issuers;
  private final String audience;
  private final Clock clock;

  /**
   * A verifier.
   *
   * @param issuers the keys of each issuer, by its name
   * @param audience what a token must be meant for
   */
  JwtVerifier(Map<String, IssuerKeys> issuers, String audience, Clock clock) {
    this.issuers = Map.copyOf(issuers);
    this.audience = audience;
    this.clock = clock;
  }

  /**
   * A token that was verified.
   *
   * @param claims what it says
   * @param notAfter the first second in which it counts no longer
   * @param keys its issuer's keys
   * @param under the set that it was verified under
   */
  record Verified(Claims claims, long notAfter, IssuerKeys keys, KeySet under) {}

  /**
   * Verifies a token; complete at once where no issuer has to be asked.
   *
   * @return fails with {@link OAuthRefusal} when the token is not taken
   * @throws OAuthRefusal when that is known at once
   */
  CompletionStage<Verified> verify(Jwt jwt) {
    IssuerKeys keys = issuers.get(jwt.issuer());
    if (keys == null) {
      throw OAuthRefusal.invalid("its issuer is not known here");
    }
    long notAfter = check(jwt.claims());
    return Stages.map(
        keys.keysFor(jwt.header()),
        under -> {
          if (under.of(jwt.header()).stream().noneMatch(key -> isSigned(jwt, key))) {
            throw OAuthRefusal.invalid("its signature does not hold");
          }
          return new Verified(jwt.claims(), notAfter, keys, under);
        });
  }

  /** Everything but the signature, so that a token for others does not make us ask its issuer. */
  private long check(Claims claims) {
    if (!claims.isFor(audience)) {
      throw OAuthRefusal.invalid("it is not meant for this gate");
    }
    claims.required("sub");
    double now = clock.millis() / 1000.0;
    Double expires = claims.time("exp");
    if (expires == null) {
      throw OAuthRefusal.invalid("it has no exp");
    }
    if (now >= expires + LEEWAY) {
      throw OAuthRefusal.invalid("expired");
    }
    Double notBefore = claims.time("nbf");
    Double issued = claims.time("iat");
    if (notBefore != null && notBefore > now + LEEWAY || issued != null && issued > now + LEEWAY) {
      throw OAuthRefusal.invalid("not valid yet");
    }
    if (claims.object().get("cnf") != null) {
      throw OAuthRefusal.invalid("it is bound to a key, which cannot be proved here");
    }
    return (long) Math.ceil(expires) + LEEWAY;
  }

  private static boolean isSigned(Jwt jwt, PublicKey key) {
    JWSHeader header = jwt.header();
    try {
      JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(header, key);
      return verifier.verify(header, jwt.signed(), jwt.signature());
    } catch (JOSEException e) {
      return false;
    }
  }
}
