package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static app.intentgate.rego.builtin.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
  private static final Map<String, Object> SECRET = Map.of("kty", "oct", "k", "c2VjcmV0");
  private static final String REFUSED = "[false, {}, {}]";

  private static String sign(String algorithm, Map<String, ?> claims, Map<String, ?> key)
      throws Exception {
    return sign(Map.of("alg", algorithm, "typ", "JWT"), claims, key);
  }

  private static String sign(Map<String, ?> header, Map<String, ?> claims, Map<String, ?> key)
      throws Exception {
    return Objects.requireNonNull(
        Objects.requireNonNull(Calls.call("io.jwt.encode_sign", header, claims, key)).asText());
  }

  private static String verify(String algorithm, String token, String key) throws Exception {
    return text("io.jwt.verify_" + algorithm.toLowerCase(Locale.ROOT), token, key);
  }

  private static String tampered(String token) {
    String[] parts = token.split("\\.", -1);
    byte[] claims = "{\"sub\":\"eve\"}".getBytes(StandardCharsets.UTF_8);
    return parts[0] + "." + TestKeys.base64(claims) + "." + parts[2];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
      })
  void whatAPrivateKeySignsItsPublicKeyVerifies(String algorithm) throws Exception {
    String token = sign(algorithm, Map.of("sub", "ann"), TestKeys.privateJwk(algorithm));
    String pem = TestKeys.publicPem(algorithm);
    String jwk = value(TestKeys.publicJwk(algorithm)).toString();
    assertThat(verify(algorithm, token, pem)).isEqualTo("true");
    assertThat(verify(algorithm, token, jwk)).isEqualTo("true");
    assertThat(verify(algorithm, tampered(token), pem)).isEqualTo("false");
    String decoded = text("io.jwt.decode_verify", token, Map.of("cert", jwk));
    assertThat(decoded)
        .isEqualTo("[true, {\"alg\": \"%s\", \"typ\": \"JWT\"}, {\"sub\": \"ann\"}]", algorithm);
    assertThat(text("io.jwt.decode_verify", tampered(token), Map.of("cert", pem)))
        .isEqualTo(REFUSED);
  }

  @Test
  void secretsAreShared() throws Exception {
    for (String algorithm : List.of("HS256", "HS384", "HS512")) {
      String token = sign(algorithm, Map.of("sub", "ann"), SECRET);
      assertThat(verify(algorithm, token, "secret")).isEqualTo("true");
      assertThat(verify(algorithm, token, "other")).isEqualTo("false");
      assertThat(verify(algorithm, token, "")).isEqualTo("false");
      assertThat(text("io.jwt.decode_verify", token, Map.of("secret", "secret")))
          .startsWith("[true");
    }
  }

  @Test
  void aPublicKeyIsNeverASecret() throws Exception {
    String pem = TestKeys.publicPem("RS256");
    Map<String, Object> asSecret =
        Map.of("kty", "oct", "k", TestKeys.base64(pem.getBytes(StandardCharsets.UTF_8)));
    String forged = sign("HS256", Map.of("sub", "eve"), asSecret);
    assertThat(text("io.jwt.decode_verify", forged, Map.of("cert", pem))).isEqualTo(REFUSED);
    assertThat(verify("RS256", forged, pem)).isEqualTo("false");
  }

  @Test
  void aTokenWithoutAlgorithmIsRefused() throws Exception {
    String header = TestKeys.base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    String none = header + "." + TestKeys.base64("{}".getBytes(StandardCharsets.UTF_8)) + ".";
    Map<String, Object> cert = Map.of("cert", TestKeys.publicPem("RS256"));
    assertThat(text("io.jwt.decode_verify", none, cert)).isEqualTo(REFUSED);
    assertThat(text("io.jwt.decode_verify", none, Map.of("secret", "x"))).isEqualTo(REFUSED);
  }

  @Test
  void theKeyIsChosenByItsIdThenByAlgorithm() throws Exception {
    Map<String, Object> first = new HashMap<>(TestKeys.publicJwk("ES256"));
    first.putAll(Map.of("kid", "one", "alg", "ES256"));
    Map<String, Object> second = new HashMap<>(TestKeys.publicJwk("RS256"));
    second.putAll(Map.of("kid", "two", "alg", "RS256"));
    Map<String, Object> unknown = new HashMap<>(TestKeys.publicJwk("RS256"));
    unknown.put("alg", "RSA-OAEP-256");
    String set = value(Map.of("keys", List.of(unknown, first, second))).toString();
    String plain = sign("RS256", Map.of(), TestKeys.privateJwk("RS256"));
    assertThat(verify("RS256", plain, set)).isEqualTo("true");
    String named =
        sign(Map.of("alg", "RS256", "kid", "one"), Map.of(), TestKeys.privateJwk("RS256"));
    assertThat(verify("RS256", named, set)).isEqualTo("false");
    String onlyUnknown = value(Map.of("keys", List.of(unknown))).toString();
    assertThat(text("io.jwt.decode_verify", plain, Map.of("cert", onlyUnknown))).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"exp\": 1700000001} | {} | true",
        "{\"exp\": 1700000000} | {} | false",
        "{\"nbf\": 1700000000} | {} | true",
        "{\"nbf\": 1700000001} | {} | false",
        "{\"exp\": 3000} | {\"time\": 2999999999999} | true",
        "{\"exp\": 3000} | {\"time\": 3000000000000} | false",
        "{\"iss\": \"a\"} | {\"iss\": \"a\"} | true",
        "{\"iss\": \"a\"} | {\"iss\": \"b\"} | false",
        "{\"iss\": 1} | {\"iss\": \"b\"} | false",
        "{} | {\"iss\": \"b\"} | false",
        "{\"aud\": \"a\"} | {\"aud\": \"a\"} | true",
        "{\"aud\": [\"b\", \"a\"]} | {\"aud\": \"a\"} | true",
        "{\"aud\": \"a\"} | {} | false",
        "{} | {\"aud\": \"a\"} | false",
        "{} | {\"alg\": \"HS256\"} | true",
        "{} | {\"alg\": \"HS512\"} | false"
      })
  void claimsAreHeldToTheConstraints(String claims, String constraints, boolean allowed)
      throws Exception {
    String header = "{\"alg\":\"HS256\"}";
    String token =
        Objects.requireNonNull(
            Objects.requireNonNull(
                    Calls.call("io.jwt.encode_sign_raw", header, claims, value(SECRET).toString()))
                .asText());
    Map<String, Object> all = new HashMap<>(Map.of("secret", "secret"));
    var given = (app.intentgate.json.JsonObject) app.intentgate.json.JsonReader.parse(constraints);
    for (int i = 0; i < given.size(); i++) {
      all.put(given.nameAt(i), given.valueAt(i));
    }
    assertThat(text("io.jwt.decode_verify", token, all)).startsWith("[" + allowed);
  }

  @Test
  void constraintsThatMakeNoSenseAreNamed() {
    String any = "a.b.c";
    assertThat(error("io.jwt.decode_verify", any, Map.of())).isEqualTo("no key constraint");
    assertThat(error("io.jwt.decode_verify", any, Map.of("secret", "")))
        .isEqualTo("no key constraint");
    String pem = TestKeys.publicPem("RS256");
    assertThat(error("io.jwt.decode_verify", any, Map.of("secret", "s", "cert", pem)))
        .isEqualTo("duplicate key constraints");
    assertThat(error("io.jwt.decode_verify", any, Map.of("secret", "s", "foo", 1)))
        .isEqualTo("unknown token validation constraint: foo");
    assertThat(error("io.jwt.decode_verify", any, Map.of("secret", 1)))
        .isEqualTo("secret constraint: must be a string");
    assertThat(error("io.jwt.decode_verify", any, Map.of("secret", "s", "time", -1)))
        .isEqualTo("token time constraint: must not be negative");
  }

  @Test
  void criticalParametersMustBeKnown() throws Exception {
    Map<String, Object> header = Map.of("alg", "HS256", "crit", List.of("b64"), "b64", true);
    String token = sign(header, Map.of(), SECRET);
    assertThat(text("io.jwt.decode_verify", token, Map.of("secret", "secret"))).isEqualTo(REFUSED);
  }

  @Test
  void keysThatDoNotParseAreNamed() throws Exception {
    String token = sign("HS256", Map.of(), SECRET);
    String pem = TestKeys.publicPem("RS256");
    assertThat(error("io.jwt.verify_rs256", token, pem + "x"))
        .isEqualTo("extra data after a PEM certificate block");
    assertThat(error("io.jwt.verify_rs256", token, TestKeys.pem("PRIVATE KEY", new byte[3])))
        .isEqualTo("failed to extract a Key from the PEM certificate");
    assertThat(error("io.jwt.verify_rs256", token, TestKeys.pem("CERTIFICATE", new byte[3])))
        .startsWith("failed to parse a PEM certificate: ");
    assertThat(error("io.jwt.verify_rs256", token, "nothing"))
        .startsWith("failed to parse a JWK key (set): ");
    Map<String, Object> offCurve = new HashMap<>(TestKeys.publicJwk("ES256"));
    offCurve.put("y", offCurve.get("x"));
    assertThat(error("io.jwt.verify_es256", token, value(offCurve).toString()))
        .isEqualTo("failed to parse a JWK key (set): point is not on the curve P-256");
  }

  @Test
  void tokensWithinTokensAreUnwrapped() throws Exception {
    String inner = sign("HS256", Map.of("sub", "ann"), SECRET);
    Map<String, Object> header = Map.of("alg", "HS256", "cty", "JWT", "typ", "text");
    String outer =
        Objects.requireNonNull(
            Objects.requireNonNull(
                    Calls.call(
                        "io.jwt.encode_sign_raw",
                        value(header).toString(),
                        inner,
                        value(SECRET).toString()))
                .asText());
    assertThat(text("io.jwt.decode_verify", outer, Map.of("secret", "secret")))
        .contains("{\"sub\": \"ann\"}");
    assertThat(text("io.jwt.decode", outer)).contains("{\"sub\": \"ann\"}");
  }

  @Test
  void whatIsNoTokenIsReported() {
    assertThat(error("io.jwt.decode", "x")).isEqualTo("encoded JWT had no period separators");
    assertThat(error("io.jwt.decode", "x.y"))
        .isEqualTo("encoded JWT must have 3 sections, found 2");
    assertThat(error("io.jwt.decode", "e30.W10.x")).contains("decoded JSON type was not an Object");
    assertThat(error("io.jwt.decode", "eyJlbmMiOiJ4In0.e30.x"))
        .isEqualTo("JWT is a JWE object, which is not supported");
  }

  @Test
  void signingAsksForAKeyThatFits() {
    Map<String, Object> header = Map.of("alg", "ES256");
    assertThat(error("io.jwt.encode_sign", header, Map.of(), TestKeys.publicJwk("ES256")))
        .isEqualTo("the key is public and cannot sign");
    assertThat(error("io.jwt.encode_sign", header, Map.of(), TestKeys.privateJwk("RS256")))
        .isEqualTo("the key does not fit the algorithm ES256");
    assertThat(error("io.jwt.encode_sign", header, Map.of(), TestKeys.privateJwk("ES384")))
        .isEqualTo("the key does not fit the algorithm ES256");
    assertThat(error("io.jwt.encode_sign", Map.of("alg", "none"), Map.of(), SECRET))
        .isEqualTo("unknown JWS algorithm: none");
    assertThat(error("io.jwt.encode_sign_raw", "{}", "{}", value(SECRET).toString()))
        .isEqualTo("missing or invalid 'alg' header: jwsbb: header \"alg\" not found");
    assertThat(
            error("io.jwt.encode_sign_raw", "{\"alg\":\"HS256\"}", "x", value(SECRET).toString()))
        .isEqualTo("type is JWT but payload is not JSON");
  }

  private static String url(BigInteger number) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
  }

  /** The JDK would go through every bit of these numbers. */
  @Test
  void numbers_of_keys_that_take_too_long_are_refused() {
    BigInteger n = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);
    String rsa = "{\"kty\":\"RSA\",\"n\":\"" + url(n) + "\",\"e\":\"";
    String token = "eyJhbGciOiJSUzI1NiJ9.e30.AAAA";
    assertThat(error("io.jwt.verify_rs256", token, rsa + url(BigInteger.TWO.pow(64)) + "\"}"))
        .endsWith("invalid RSA public exponent");
    assertThat(error("io.jwt.verify_rs256", token, rsa + "AQAB\"}")).endsWith("false");
    for (String name : List.of("d", "p", "q", "dp", "dq", "qi")) {
      String others = name.equals("d") ? "" : "\",\"d\":\"AQ";
      assertThat(
              error(
                  "io.jwt.encode_sign_raw",
                  "{\"alg\":\"RS256\"}",
                  "{}",
                  rsa + "AQAB" + others + "\",\"" + name + "\":\"" + url(n) + "\"}"))
          .endsWith("member " + name + " of the key is too large");
    }
  }

  /** Keys of fewer bits can be computed from what is public of them. */
  @Test
  void keys_of_rsa_that_can_be_broken_sign_and_verify_nothing() throws Exception {
    for (int bits : new int[] {768, 1024}) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      String signed = "eyJhbGciOiJSUzI1NiJ9.e30";
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(pair.getPrivate());
      signer.update(signed.getBytes(StandardCharsets.US_ASCII));
      String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
      String pem = TestKeys.pem("PUBLIC KEY", pair.getPublic().getEncoded());
      assertThat(text("io.jwt.verify_rs256", signed + "." + signature, pem))
          .isEqualTo(String.valueOf(bits >= 1024));
    }
  }
}
