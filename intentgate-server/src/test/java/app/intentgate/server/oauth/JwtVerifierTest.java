package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.server.oauth.JwtVerifier.Verified;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a token holds, to the second, and what is looked at before its issuer is asked. */
class JwtVerifierTest {
  private static final long NOW = 1_700_000_000;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(NOW).plusMillis(500), ZoneOffset.UTC);

  private static ECKey key;
  private static ECKey stranger;

  private final AtomicInteger asked = new AtomicInteger();
  private final IssuerKeys keys =
      new IssuerKeys(
          "https://i",
          () -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(
                KeySet.parse(
                    new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8)));
          },
          () -> 1);
  private final JwtVerifier verifier = new JwtVerifier(Map.of("https://i", keys), "gate", CLOCK);

  @BeforeAll
  static void generate() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    stranger = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
  }

  private static String signed(ECKey by, String claims) {
    try {
      JWSObject jws =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(),
              new Payload(claims.replace('\'', '"')));
      jws.sign(new ECDSASigner(by));
      return jws.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String claims(String more) {
    return "{'iss':'https://i','aud':'gate','sub':'ann'" + more + "}";
  }

  private static String expiring(String more) {
    return claims(",'exp':" + (NOW + 60) + more);
  }

  /** Why a token is not taken, or when it ends. */
  private String verdict(String token) {
    try {
      Verified verified = verifier.verify(Jwt.read(token)).toCompletableFuture().join();
      return "until " + (verified.notAfter() - NOW);
    } catch (OAuthRefusal e) {
      return e.text().replace("access token: ", "");
    } catch (CompletionException e) {
      return String.valueOf(e.getCause().getMessage()).replace("access token: ", "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // It is half a second past now; clocks may be thirty seconds apart.
        "60 | until 90",
        "0 | until 30",
        "-29 | until 1",
        "-29.5 | expired",
        "-29.4 | until 1",
        "-30 | expired",
        "-1000 | expired",
        "59.2 | until 90"
      })
  void aTokenHoldsUntilItsEndAndTheLeewayAfterIt(String offset, String verdict) {
    String exp = new java.math.BigDecimal(NOW).add(new java.math.BigDecimal(offset)).toString();
    assertThat(verdict(signed(key, claims(",'exp':" + exp)))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "nbf,30,until 90", "nbf,31,not valid yet", "nbf,-1000000,until 90",
    "iat,30,until 90", "iat,31,not valid yet", "iat,-1000000,until 90"
  })
  void oneThatBeginsLaterIsNotValidYet(String claim, long offset, String verdict) {
    assertThat(verdict(signed(key, expiring(",'" + claim + "':" + (NOW + offset)))))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'iss':'https://j','aud':'gate','sub':'ann','exp':1700000060} | its issuer is not known"
            + " here",
        "{'iss':'https://i/','aud':'gate','sub':'ann','exp':1700000060} | its issuer is not known"
            + " here",
        "{'iss':['https://i'],'aud':'gate','sub':'ann','exp':1700000060} | it has no iss",
        "{'aud':'gate','sub':'ann','exp':1700000060} | it has no iss",
        "{'iss':'https://i','sub':'ann','exp':1700000060} | it is not meant for this gate",
        "{'iss':'https://i','aud':'gat','sub':'ann','exp':1700000060} | it is not meant for this"
            + " gate",
        "{'iss':'https://i','aud':'gate','exp':1700000060} | it has no sub",
        "{'iss':'https://i','aud':'gate','sub':'','exp':1700000060} | it has no sub",
        "{'iss':'https://i','aud':'gate','sub':'ann'} | it has no exp",
        "{'iss':'https://i','aud':'gate','sub':'ann','exp':null} | its exp is no time",
        "{'iss':'https://i','aud':'gate','sub':'ann','exp':'1700000060'} | its exp is no time",
        "{'iss':'https://i','aud':'gate','sub':'ann','exp':1700000060,'nbf':'x'} | its nbf is no"
            + " time",
        "{'iss':'https://i','aud':'gate','sub':'ann','exp':1700000060,'iat':{}} | its iat is no"
            + " time",
        "{'iss':'https://i','aud':'gate','sub':'ann','exp':1700000060,'cnf':{}}"
            + " | it is bound to a key, which cannot be proved here",
        "{'iss':'https://i','aud':'gate','sub':'ann','exp':1700000060,'cnf':null}"
            + " | it is bound to a key, which cannot be proved here"
      })
  void whatATokenSaysIsLookedAtBeforeItsIssuerIsAsked(String claims, String verdict) {
    assertThat(verdict(signed(stranger, claims))).isEqualTo(verdict);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aTokenOfAStrangerOrChangedByOneHasNoSignatureThatHolds() {
    String good = signed(key, expiring(""));
    assertThat(verdict(good)).isEqualTo("until 90");
    assertThat(verdict(signed(stranger, expiring("")))).isEqualTo("its signature does not hold");
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                expiring("")
                    .replace("ann", "root")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(verdict(good.replaceFirst("\\.[^.]+\\.", "." + claims + ".")))
        .isEqualTo("its signature does not hold");
    String noughts = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
    assertThat(verdict(good.substring(0, good.lastIndexOf('.') + 1) + noughts))
        .as("noughts, which some took for a signature of every text")
        .isEqualTo("its signature does not hold");
    assertThat(asked).hasValue(1);
  }

  @Test
  void everyBitOfASignatureCounts() {
    String good = signed(key, expiring(""));
    int dot = good.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(good.substring(dot + 1));
    for (int i = 0; i < signature.length; i += 7) {
      byte[] other = signature.clone();
      other[i] ^= 1;
      String token =
          good.substring(0, dot + 1)
              + Base64.getUrlEncoder().withoutPadding().encodeToString(other);
      assertThat(verdict(token)).as("byte %s", i).isEqualTo("its signature does not hold");
    }
  }

  @Test
  void anIssuerWithoutKeysLeavesTheTokenUnjudged() {
    IssuerKeys away =
        new IssuerKeys(
            "https://i",
            () -> CompletableFuture.failedFuture(new IllegalStateException("https://secret.host")),
            () -> 1);
    JwtVerifier other = new JwtVerifier(Map.of("https://i", away), "gate", CLOCK);
    assertThatThrownBy(
            () -> other.verify(Jwt.read(signed(key, expiring("")))).toCompletableFuture().join())
        .cause()
        .isInstanceOfSatisfying(
            OAuthRefusal.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(OAuthRefusal.Kind.UNAVAILABLE);
              assertThat(refusal.text()).doesNotContain("secret");
            });
  }
}
