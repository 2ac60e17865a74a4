package app.intentgate.token;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Tokens for tests: one key, one time, one agent. */
final class Tokens {
  static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final KeyRing KEYS = KeyRing.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  static final TokenIds IDS = new TokenIds(CLOCK, new java.security.SecureRandom());
  static final TokenMinter MINTER = TokenMinter.of(KEYS, CLOCK, IDS);

  private Tokens() {}

  static CapabilityToken mint(Grant grant) {
    return MINTER.mint(grant);
  }

  static VerifiedToken verify(CapabilityToken token) {
    return TokenVerifier.of(KEYS).verify(token.encode());
  }

  /** A verified token with such caveats, also those that nobody would mint. */
  static VerifiedToken verified(Caveat... caveats) {
    CapabilityToken token =
        new CapabilityToken(
            4, "id", "id", "test", "default", "default", "agent", 1, 0, List.of(caveats), "");
    byte[] all = SignatureChain.canonical(KEYS.newest(), token);
    byte[] last = java.util.Arrays.copyOfRange(all, all.length - Hmac.LENGTH, all.length);
    return verify(token.signed(last));
  }

  static CaveatRequest call(String tool) {
    return CaveatRequest.of(tool, "agent", NOW);
  }

  static boolean permits(Caveat caveat, String tool) {
    return CaveatCheck.refusal(verified(caveat), call(tool)) == null;
  }
}
