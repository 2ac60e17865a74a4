package app.intentgate.check.run;

import app.intentgate.ToolCall;
import app.intentgate.check.Caller;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenIds;
import app.intentgate.token.TokenMinter;
import app.intentgate.token.TokenVerifier;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Callers for tests of single checks: one key, one time, agents of acme. */
final class Callers {
  static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);
  static final long NOW_MILLIS = NOW.toEpochMilli();
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final KeyRing KEYS = KeyRing.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  static final TokenVerifier VERIFIER = TokenVerifier.of(KEYS);
  private static final TokenMinter MINTER =
      TokenMinter.of(KEYS, CLOCK, new TokenIds(CLOCK, new SecureRandom()));

  private Callers() {}

  static Grant grant() {
    return Grant.to("bot").tenant("acme");
  }

  static CapabilityToken mint(Grant grant) {
    return MINTER.mint(grant);
  }

  /** The holder of a token. */
  static Caller holding(CapabilityToken token) {
    return Caller.of(VERIFIER.verify(token));
  }

  static Caller holding(Grant grant) {
    return holding(mint(grant));
  }

  static ToolCall call(String tool) {
    return ToolCall.of(tool);
  }

  static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
