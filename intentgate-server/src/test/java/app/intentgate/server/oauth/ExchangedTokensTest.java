package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Credential;
import app.intentgate.json.JsonObject;
import app.intentgate.server.oauth.JwtVerifier.Verified;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For how long a token that was verified need not be verified again. */
class ExchangedTokensTest {
  private static final Credential GIVEN = new Credential.Bearer("capability", 1_100);
  private static KeySet one;
  private static KeySet two;

  private final AtomicLong seconds = new AtomicLong(1_000);
  private final AtomicLong millis = new AtomicLong(1);
  private final AtomicReference<KeySet> published = new AtomicReference<>();
  private final IssuerKeys keys =
      new IssuerKeys(
          "https://i", () -> CompletableFuture.completedFuture(published.get()), millis::get);
  private final ExchangedTokens tokens = new ExchangedTokens(new Seconds());

  private final class Seconds extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(seconds.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeAll
  static void generate() throws Exception {
    one = set("1");
    two = set("2");
  }

  private static KeySet set(String id) throws Exception {
    return KeySet.parse(
        new JWKSet(new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK())
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  @BeforeEach
  void publish() {
    published.set(one);
    keys.prepare();
  }

  private void keep(String token, long notAfter) {
    tokens.keep(token, GIVEN, new Verified(new Claims(JsonObject.EMPTY), notAfter, keys, one));
  }

  @Test
  void itsVeryTextIsFoundUntilTheFirstSecondInWhichItCountsNoLonger() {
    keep("t", 1_100);
    assertThat(tokens.find("t")).isSameAs(GIVEN);
    assertThat(tokens.find("T")).isNull();
    assertThat(tokens.find("t ")).isNull();
    seconds.set(1_099);
    assertThat(tokens.find("t")).isSameAs(GIVEN);
    seconds.set(1_100);
    assertThat(tokens.find("t")).isNull();
    seconds.set(1_000);
    assertThat(tokens.find("t")).as("also when the clock is set back").isNull();
  }

  @Test
  void aKeyThatTheIssuerTookBackVerifiesNothingAnyMore() {
    keep("t", 9_999);
    published.set(two);
    millis.addAndGet(IssuerKeys.FRESH.toMillis() + 1);
    // The issuer is asked in passing, and what it says counts from the next call on.
    assertThat(tokens.find("t")).isSameAs(GIVEN);
    assertThat(tokens.find("t")).isNull();
    assertThat(tokens.size()).isZero();
  }

  @Test
  void keysThatWereNotHeardOfForTooLongVerifyNothing() {
    keep("t", 9_999);
    published.set(null);
    millis.addAndGet(IssuerKeys.LONGEST.toMillis());
    assertThat(tokens.find("t")).isSameAs(GIVEN);
    millis.incrementAndGet();
    assertThat(tokens.find("t")).isNull();
  }

  @Test
  void tenThousandAreKeptAndTheOneNotUsedForLongestMakesRoom() {
    for (int i = 0; i < ExchangedTokens.MAX; i++) {
      keep("t" + i, 9_999);
    }
    assertThat(tokens.find("t0")).isNotNull();
    keep("one more", 9_999);
    assertThat(tokens.size()).isEqualTo(ExchangedTokens.MAX);
    assertThat(tokens.find("t0")).as("it was used").isNotNull();
    assertThat(tokens.find("t1")).isNull();
    assertThat(tokens.find("t2")).isNotNull();
    assertThat(tokens.find("one more")).isNotNull();
  }

  @Test
  void aTokenThatIsKeptAgainCountsAsLongAsItWasVerifiedLast() {
    keep("t", 1_001);
    keep("t", 1_100);
    seconds.set(1_050);
    assertThat(tokens.find("t")).isSameAs(GIVEN);
    assertThat(tokens.size()).isEqualTo(1);
  }
}
