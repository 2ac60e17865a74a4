package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of an access token, before anybody looks at who signed it. */
class JwtTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";
  private static final String CLAIMS = "{\"iss\":\"https://i\"}";

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String token(String header, String claims) {
    return base64(header.replace('\'', '"')) + "." + base64(claims.replace('\'', '"')) + ".AAAA";
  }

  private static void refused(String token, String why) {
    assertThatThrownBy(() -> Jwt.read(token))
        .isInstanceOf(OAuthRefusal.class)
        .hasMessage("access token: " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.c,true",
    "..,true",
    ".b.,true",
    "a.b,false",
    "abc,false",
    "'',false",
    "a.b.c.d,false",
    "a.b.c.d.e,false"
  })
  void threePartsMakeAToken(String text, boolean token) {
    assertThat(Jwt.looksLike(text)).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
  void signaturesOfAKeyPairAreRead(String algorithm) {
    Jwt jwt = Jwt.read(token("{'alg':'" + algorithm + "'}", CLAIMS));
    assertThat(jwt.header().getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(jwt.issuer()).isEqualTo("https://i");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'none'",
        "'None'",
        "''",
        "'HS256'",
        "'HS384'",
        "'HS512'",
        "'ES256K'",
        "'EdDSA'",
        "'Ed25519'",
        "'rs256'",
        "'RS256 '",
        "'RSA-OAEP'",
        "7",
        "null",
        "['RS256']",
        "{}"
      })
  void everyOtherAlgorithmIsRefused(String algorithm) {
    refused(token("{'alg':" + algorithm + "}", CLAIMS), "its algorithm is not permitted");
    refused(token("{'kid':'k1'}", CLAIMS), "its algorithm is not permitted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'at+jwt'", "'AT+JWT'", "'application/at+jwt'", "'JWT'", "'jwt'"})
  void anAccessTokenMaySayThatItIsOne(String type) {
    assertThat(Jwt.read(token("{'alg':'RS256','typ':" + type + "}", CLAIMS)).issuer()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'id+jwt'",
        "'dpop+jwt'",
        "'logout+jwt'",
        "'secevent+jwt'",
        "'application/jwt'",
        "'JOSE'",
        "''",
        "'jwt '",
        "7",
        "null",
        "['jwt']"
      })
  void aTokenOfAnotherKindIsRefused(String type) {
    refused(token("{'alg':'RS256','typ':" + type + "}", CLAIMS), "it is of another type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'crit':['exp'] | its header has extensions that are not known here",
        "'crit':[] | its header has extensions that are not known here",
        "'crit':null | its header has extensions that are not known here",
        "'b64':true | its header has extensions that are not known here",
        "'zip':'DEF' | it is not a plain signed token",
        "'enc':'A128GCM' | it is not a plain signed token",
        "'kid':7 | its header cannot be read",
        "'jwk':7 | its header cannot be read"
      })
  void aHeaderThatAsksForMoreIsRefused(String member, String why) {
    refused(token("{'alg':'RS256'," + member + "}", CLAIMS), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'iss':'a','iss':'b'} | not JSON, or JSON that can be read in two ways",
        "{'iss':'a'}x | not JSON, or JSON that can be read in two ways",
        "`` | not JSON, or JSON that can be read in two ways",
        "['iss'] | not a JSON object",
        "'iss' | not a JSON object",
        "null | not a JSON object"
      })
  void whatIsNoOneObjectIsRefusedInEitherPart(String json, String why) {
    refused(token(HEADER, json), why);
    refused(token(json, CLAIMS), why);
  }

  @Test
  void claimsMayLieSixteenDeepAndNoDeeper() {
    String deep = "{'a':".repeat(15) + "{}" + "}".repeat(15);
    assertThat(Jwt.read(token(HEADER, deep)).claims().object().size()).isEqualTo(1);
    refused(token(HEADER, "{'a':" + deep + "}"), "not JSON, or JSON that can be read in two ways");
    refused(
        token(HEADER.replace("}", ",'x':" + deep + "}"), CLAIMS),
        "not JSON, or JSON that can be read in two ways");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] bad = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    refused(
        base64(HEADER) + "." + base64(bad) + ".AAAA",
        "not JSON, or JSON that can be read in two ways");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AAAA=", "AAAA==", "AA+A", "AA/A", "AA A", "AAAAA", "AB", "AAB", "AAAA\n"})
  void aSignatureHasOneSpelling(String signature) {
    assertThatThrownBy(() -> Jwt.read(base64(HEADER) + "." + base64(CLAIMS) + "." + signature))
        .isInstanceOf(OAuthRefusal.class)
        .hasMessageStartingWith("access token: not base64url");
  }

  @Test
  void aSignatureThatIsEmptyIsNone() {
    refused(base64(HEADER) + "." + base64(CLAIMS) + ".", "it is not signed");
  }

  @Test
  void aTokenMayHave16384CharactersAndNoMore() {
    String signed = base64(HEADER) + "." + base64(CLAIMS) + ".";
    while ((16 * 1024 - signed.length()) % 4 == 1) {
      signed = base64(HEADER) + "." + base64(CLAIMS + " ") + ".";
    }
    String longest = signed + "A".repeat(16 * 1024 - signed.length());
    assertThat(Jwt.read(longest).issuer()).isEqualTo("https://i");
    refused(longest + "A", "longer than 16384 characters");
  }

  @Test
  void nothingOfATokenIsPrinted() {
    assertThat(Jwt.read(token(HEADER, "{'iss':'secret-1'}"))).hasToString("Jwt[…]");
    assertThat(Jwt.read(token(HEADER, "{'iss':'x'}")).signed())
        .isEqualTo(
            (base64(HEADER) + "." + base64("{\"iss\":\"x\"}")).getBytes(StandardCharsets.US_ASCII));
  }
}
