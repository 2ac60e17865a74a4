package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of an issuer's published keys may have signed a token. */
class KeySetTest {
  private static RSAKey rsa;
  private static ECKey p256;
  private static ECKey p384;

  @BeforeAll
  static void generate() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("k").generate();
    p256 = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    p384 = new ECKeyGenerator(Curve.P_384).keyID("k").generate();
  }

  private static String with(JWK key, String members) {
    String json = key.toPublicJWK().toString();
    return members.isEmpty() ? json : "{" + members.replace('\'', '"') + "," + json.substring(1);
  }

  private static KeySet set(String... keys) {
    String json = "{\"keys\":[" + String.join(",", keys) + "]}";
    return KeySet.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static int fitting(KeySet set, String algorithm, @Nullable String kid) {
    return set.of(new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(kid).build()).size();
  }

  @ParameterizedTest
  @CsvSource({
    "RS256,1",
    "RS384,1",
    "RS512,1",
    "PS256,1",
    "PS384,1",
    "PS512,1",
    "ES256,1",
    "ES384,1",
    "ES512,0",
    "ES256K,0",
    "HS256,0"
  })
  void anAlgorithmIsVerifiedUnderKeysOfItsKindAlone(String algorithm, int keys) {
    KeySet set = set(with(rsa, ""), with(p256, ""), with(p384, ""));
    assertThat(fitting(set, algorithm, "k")).isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'use':'sig' | RS256 | 1",
        "'key_ops':['verify'] | RS256 | 1",
        "'key_ops':['verify','sign'] | RS256 | 1",
        "'alg':'RS256' | RS256 | 1",
        "'alg':'RS256' | RS384 | 0",
        "'alg':'RS256' | PS256 | 0"
      })
  void aKeyServesForWhatItSays(String members, String algorithm, int keys) {
    assertThat(fitting(set(with(rsa, members)), algorithm, "k")).isEqualTo(keys);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'use':'enc'",
        "'use':'SIG'",
        "'key_ops':['sign']",
        "'key_ops':[]",
        "'key_ops':['encrypt']",
        "'use':7"
      })
  void aKeyForSomethingElseIsLeftOut(String members) {
    assertThat(fitting(set(with(rsa, members), with(p256, "")), "RS256", "k")).isZero();
    assertThatThrownBy(() -> set(with(rsa, members)))
        .hasMessage("a JWK set without a key that can verify tokens");
  }

  @Test
  void aTokenThatNamesNoKeyIsTriedUnderFourOfThoseThatFit() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      keys.add(with(p256, "").replace("\"k\"", "\"k" + i + "\""));
    }
    KeySet set = set(keys.toArray(new String[0]));
    assertThat(fitting(set, "ES256", null)).isEqualTo(4);
    assertThat(fitting(set, "ES256", "k5")).as("a key that is named is found").isEqualTo(1);
    assertThat(fitting(set, "ES256", "none")).isZero();
    assertThat(fitting(set, "ES256", "")).isZero();
    assertThat(fitting(set, "ES256", "K5")).as("in its very letters").isZero();
  }

  @Test
  void keysThatShareAnIdAreEachTriedWhereTheyFit() {
    KeySet set = set(with(rsa, ""), with(p256, ""), with(p256, "").replace("\"k\"", "\"x\""));
    assertThat(fitting(set, "ES256", "k")).isEqualTo(1);
    assertThat(fitting(set, "RS256", "k")).isEqualTo(1);
    String noId = with(p256, "").replaceAll("\"kid\":\"k\",?", "");
    assertThat(fitting(set(noId), "ES256", "k")).as("it is not the one that is named").isZero();
    assertThat(fitting(set(noId), "ES256", null)).isEqualTo(1);
  }

  @Test
  void aHundredKeysAreLookedAtAndASetOfMoreIsNone() {
    String[] keys = new String[101];
    Arrays.fill(keys, "{\"kty\":\"unknown\"}");
    keys[99] = with(p256, "");
    keys[100] = "7";
    assertThat(fitting(set(Arrays.copyOf(keys, 100)), "ES256", "k")).isEqualTo(1);
    assertThatThrownBy(() -> set(keys)).hasMessage("a JWK set of more than 100 keys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "null",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":null}",
        "{\"KEYS\":[]}",
        "{\"keys\":[]}",
        "{\"keys\":[null,7,\"x\",[],{}]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
        "{\"keys\":[],\"keys\":[]}"
      })
  void whatHoldsNoKeyIsNoSet(String json) {
    assertThatThrownBy(() -> KeySet.parse(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoKeyTakesNothingFromThoseThatAre() {
    KeySet set = set("null", "7", "\"x\"", "[]", "{}", "{\"kty\":null}", with(p256, ""));
    assertThat(fitting(set, "ES256", "k")).isEqualTo(1);
  }

  @Test
  void aPrivateKeyThatWasPublishedByMistakeIsNotKept() {
    KeySet set = set(rsa.toString());
    assertThat(fitting(set, "RS256", "k")).isEqualTo(1);
    assertThat(set.hasSameKeysAs(set(with(rsa, "")))).isTrue();
  }

  @Test
  void setsAreTheSameWhateverTheirOrderAndWhateverElseTheyHold() {
    KeySet one = set(with(rsa, ""), with(p256, ""));
    assertThat(one.hasSameKeysAs(set(with(p256, ""), "7", with(rsa, "")))).isTrue();
    assertThat(one.hasSameKeysAs(set(with(rsa, "")))).isFalse();
    assertThat(one.hasSameKeysAs(set(with(rsa, ""), with(p384, "")))).isFalse();
    assertThat(set(with(rsa, "")).hasSameKeysAs(set(with(rsa, "'alg':'RS256'")))).isFalse();
  }
}
