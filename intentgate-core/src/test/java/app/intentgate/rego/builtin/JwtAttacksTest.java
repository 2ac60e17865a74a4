package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static app.intentgate.rego.builtin.Calls.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.jose.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that somebody made to be taken for others. */
class JwtAttacksTest {
  private static final String REFUSED = "[false, {}, {}]";
  private static final Map<String, Object> SECRET = Map.of("kty", "oct", "k", "c2VjcmV0");

  private static String part(String json) {
    return TestKeys.base64(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String sign(Map<String, ?> header, Object claims, Map<String, ?> key)
      throws Exception {
    return Objects.requireNonNull(
        Objects.requireNonNull(Calls.call("io.jwt.encode_sign", header, claims, key)).asText());
  }

  private static String decodeVerify(String token, Map<String, ?> constraints) throws Exception {
    return text("io.jwt.decode_verify", token, constraints);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "None", "NONE", "hs256", "HS257", "", "RS256 ", "eddsa", "EDDSA", "RSA"})
  void no_other_word_stands_for_an_algorithm(String algorithm) throws Exception {
    String good = sign(Map.of("alg", "HS256"), Map.of("a", 1), SECRET);
    String[] parts = good.split("\\.", -1);
    String header = part(value(Map.of("alg", algorithm)).toString());
    for (String signature : List.of("", parts[2])) {
      String token = header + "." + parts[1] + "." + signature;
      assertThat(decodeVerify(token, Map.of("secret", "secret"))).isEqualTo(REFUSED);
      assertThat(decodeVerify(token, Map.of("cert", TestKeys.publicPem("RS256"))))
          .isEqualTo(REFUSED);
      assertThat(text("io.jwt.verify_hs256", token, "secret")).isEqualTo("false");
    }
  }

  @Test
  void a_header_without_algorithm_is_refused() throws Exception {
    String token = part("{}") + "." + part("{}") + ".";
    assertThat(decodeVerify(token, Map.of("secret", "x"))).isEqualTo(REFUSED);
    assertThat(error("io.jwt.decode_verify", part("{\"alg\":1}") + ".e30.", Map.of("secret", "x")))
        .isEqualTo("alg: must be a string");
  }

  /** Every algorithm against the key of every other. */
  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void a_key_of_another_kind_verifies_nothing(JwsAlgorithm algorithm) throws Exception {
    String name = algorithm == JwsAlgorithm.EDDSA ? "EdDSA" : algorithm.name();
    boolean shared = name.startsWith("HS");
    Map<String, Object> own = shared ? SECRET : TestKeys.privateJwk(name);
    String token = sign(Map.of("alg", name), Map.of("sub", "ann"), own);
    String kind = shared ? "HS" : name.substring(0, 2);
    for (String other : List.of("RS256", "ES256", "ES384", "ES512", "EdDSA")) {
      boolean rsa = (kind.equals("RS") || kind.equals("PS")) && other.equals("RS256");
      String expected = rsa || other.equals(name) ? "[true" : "[false";
      String jwk = value(TestKeys.publicJwk(other)).toString();
      assertThat(decodeVerify(token, Map.of("cert", jwk))).as(other).startsWith(expected);
      assertThat(decodeVerify(token, Map.of("cert", TestKeys.publicPem(other))))
          .as(other)
          .startsWith(expected);
    }
    assertThat(decodeVerify(token, Map.of("secret", "secret")))
        .startsWith(shared ? "[true" : "[false");
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void a_token_of_one_algorithm_is_not_one_of_another(JwsAlgorithm algorithm) throws Exception {
    String name = algorithm == JwsAlgorithm.EDDSA ? "EdDSA" : algorithm.name();
    boolean shared = name.startsWith("HS");
    String token = sign(Map.of("alg", name), Map.of(), shared ? SECRET : TestKeys.privateJwk(name));
    String key = shared ? "secret" : TestKeys.publicPem(name);
    for (JwsAlgorithm other : JwsAlgorithm.values()) {
      if (other.name().startsWith("HS") == shared) {
        String function = "io.jwt.verify_" + other.name().toLowerCase(Locale.ROOT);
        assertThat(text(function, token, key))
            .as(function)
            .isEqualTo(String.valueOf(other == algorithm));
      }
      String wanted = other == JwsAlgorithm.EDDSA ? "EdDSA" : other.name();
      Map<String, String> constraints = Map.of(shared ? "secret" : "cert", key, "alg", wanted);
      assertThat(decodeVerify(token, constraints))
          .startsWith(other == algorithm ? "[true" : "[false");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "RS256", "PS256", "ES256", "EdDSA"})
  void a_signature_with_any_byte_more_less_or_other_is_none(String algorithm) throws Exception {
    boolean shared = algorithm.equals("HS256");
    Map<String, Object> key = shared ? SECRET : TestKeys.privateJwk(algorithm);
    String token = sign(Map.of("alg", algorithm), Map.of("a", 1), key);
    Map<String, String> constraints =
        shared ? Map.of("secret", "secret") : Map.of("cert", TestKeys.publicPem(algorithm));
    assertThat(decodeVerify(token, constraints)).startsWith("[true");
    String signed = token.substring(0, token.lastIndexOf('.') + 1);
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(signed.length()));
    int step = Math.max(1, signature.length / 16);
    for (int i = 0; i < signature.length; i += step) {
      byte[] changed = signature.clone();
      changed[i] ^= 1;
      assertThat(decodeVerify(signed + TestKeys.base64(changed), constraints)).isEqualTo(REFUSED);
    }
    for (int length : new int[] {0, 1, signature.length - 1, signature.length + 1}) {
      byte[] cut = Arrays.copyOf(signature, length);
      assertThat(decodeVerify(signed + TestKeys.base64(cut), constraints)).isEqualTo(REFUSED);
    }
    byte[] zeros = new byte[signature.length];
    assertThat(decodeVerify(signed + TestKeys.base64(zeros), constraints)).isEqualTo(REFUSED);
  }

  @Test
  void a_key_of_that_name_is_the_only_one_that_is_tried() throws Exception {
    Map<String, Object> mine = new HashMap<>(TestKeys.publicJwk("ES256"));
    mine.put("kid", "mine");
    Map<String, Object> other = new HashMap<>(TestKeys.publicJwk("RS256"));
    other.put("kid", "other");
    String keys = value(Map.of("keys", List.of(other, mine))).toString();
    Map<String, Object> key = TestKeys.privateJwk("ES256");
    for (Map.Entry<String, String> e :
        Map.of("mine", "[true", "other", "[false", "third", "[true", "", "[true").entrySet()) {
      String token = sign(Map.of("alg", "ES256", "kid", e.getKey()), Map.of(), key);
      assertThat(decodeVerify(token, Map.of("cert", keys))).as(e.getKey()).startsWith(e.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1} | refused",
        "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false} | refused",
        "{\"alg\":\"HS256\",\"crit\":[\"alg\"]} | true",
        "{\"alg\":\"HS256\",\"crit\":[\"absent\"]} | true",
        "{\"alg\":\"HS256\",\"jku\":\"https://evil.example\",\"jwk\":{},\"x5u\":\"x\"} | true",
        "{\"alg\":\"HS256\",\"crit\":[]} | crit: must be a nonempty list",
        "{\"alg\":\"HS256\",\"crit\":\"exp\"} | crit: must be a list",
        "{\"alg\":\"HS256\",\"crit\":[1]} | crit: must be a list of strings",
        "{\"alg\":\"HS256\",\"kid\":1} | kid: must be a string",
        "{\"alg\":\"HS256\",\"enc\":\"A128GCM\"} | JWT is a JWE object, which is not supported"
      })
  void headers_that_must_be_understood_are_or_the_token_is_refused(String header, String answer)
      throws Exception {
    String signed = part(header) + "." + part("{}");
    byte[] code =
        JwsAlgorithm.HS256.sign(
            new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HMAC"),
            signed.getBytes(StandardCharsets.UTF_8));
    String token = signed + "." + TestKeys.base64(code);
    Map<String, String> secret = Map.of("secret", "secret");
    String answered = error("io.jwt.decode_verify", token, secret);
    if (answer.equals("refused")) {
      assertThat(answered).isEqualTo("no error, but " + REFUSED);
    } else if (answer.equals("true")) {
      assertThat(answered).startsWith("no error, but [true, ");
    } else {
      assertThat(answered).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "nbf"})
  void a_time_that_is_no_number_is_an_error_and_never_a_pass(String name) throws Exception {
    for (Object odd : List.of("1700000001", true, List.of(1), Map.of())) {
      String token = sign(Map.of("alg", "HS256"), Map.of(name, odd), SECRET);
      assertThat(error("io.jwt.decode_verify", token, Map.of("secret", "secret")))
          .isEqualTo(name + " value must be a number");
    }
  }

  @Test
  void every_layer_of_a_nested_token_is_verified() throws Exception {
    Map<String, Object> other = Map.of("kty", "oct", "k", "b3RoZXI");
    String inner = sign(Map.of("alg", "HS256"), Map.of("a", 1), SECRET);
    String forged = sign(Map.of("alg", "HS256"), Map.of("a", 1), other);
    for (Map.Entry<String, String> e : Map.of(inner, "[true", forged, "[false").entrySet()) {
      String token =
          Objects.requireNonNull(
              Objects.requireNonNull(
                      Calls.call(
                          "io.jwt.encode_sign_raw",
                          value(Map.of("alg", "HS256", "typ", "text", "cty", "JWT")).toString(),
                          e.getKey(),
                          value(SECRET).toString()))
                  .asText());
      assertThat(decodeVerify(token, Map.of("secret", "secret"))).startsWith(e.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "e30.e30.!", "e30..e30", "bm8.e30."})
  void what_is_no_token_is_an_error(String token) {
    assertThat(error("io.jwt.decode_verify", token, Map.of("secret", "x")))
        .doesNotStartWith("no error, but [true");
    assertThat(error("io.jwt.decode", token)).doesNotStartWith("no error");
  }

  @Test
  void a_point_off_the_curve_and_a_key_of_no_length_are_no_keys() {
    Map<String, Object> off = new HashMap<>(TestKeys.publicJwk("ES256"));
    off.put("y", Objects.requireNonNull(off.get("x")));
    assertThat(error("io.jwt.verify_es256", "e30.e30.", value(off).toString()))
        .contains("point is not on the curve P-256");
    Map<String, Object> shortKey = new HashMap<>(TestKeys.publicJwk("EdDSA"));
    shortKey.put("x", "AAAA");
    assertThat(error("io.jwt.verify_eddsa", "e30.e30.", value(shortKey).toString()))
        .contains("an Ed25519 key has 32 bytes, not 3");
  }

  @Test
  void errors_about_keys_do_not_show_them() {
    Map<String, Object> broken = new HashMap<>(TestKeys.privateJwk("RS256"));
    String secret = String.valueOf(broken.get("d"));
    broken.put("p", "!");
    assertThat(error("io.jwt.encode_sign", Map.of("alg", "RS256"), Map.of(), broken))
        .contains("member p of the key is not base64url")
        .doesNotContain(secret);
  }

  @Test
  void verifications_are_paid_for_key_by_key() throws Exception {
    String token = sign(Map.of("alg", "HS256"), Map.of(), SECRET);
    Map<String, Object> key = Map.of("kty", "oct", "k", "b3RoZXI");
    String keys = value(Map.of("keys", Collections.nCopies(1_000, key))).toString();
    assertThatThrownBy(
            () -> Calls.within(500_000, "io.jwt.decode_verify", token, Map.of("cert", keys)))
        .isInstanceOf(Calls.OverBudget.class);
  }
}
