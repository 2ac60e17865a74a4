package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.rego.jose.Pem;
import app.intentgate.rego.spi.BuiltinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class X509Test {
  private static final String VERIFY = "crypto.x509.parse_and_verify_certificates_with_options";

  /** When the certificates of the chain are valid. */
  private static final long THEN = 1_800_000_000_000_000_000L;

  private static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(X509Test.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Certificate with every extension that is read; the answer is OPA's. */
  @Test
  void certificatesHaveTheMembersOfGo() throws Exception {
    String pem = resource("rich.pem");
    Object expected = JsonReader.parseRego(resource("rich.json"));
    assertThat(call("crypto.x509.parse_certificates", pem)).isEqualTo(expected);
    assertThat(call("crypto.x509.parse_certificates", base64(pem))).isEqualTo(expected);
    String der = Base64.getEncoder().encodeToString(Objects.requireNonNull(Pem.first(pem)).bytes());
    assertThat(call("crypto.x509.parse_certificates", der)).isEqualTo(expected);
  }

  /** The answer is OPA's. */
  @Test
  void requestsHaveTheMembersOfGo() throws Exception {
    assertThat(call("crypto.x509.parse_certificate_request", resource("request.pem")))
        .isEqualTo(JsonReader.parseRego(resource("request.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "root intermediate leaf, '', true",
    "root leaf, '', false",
    "intermediate leaf, '', true",
    "root, '', false",
    "root intermediate client, '', false",
    "root intermediate client, KeyUsageClientAuth, true",
    "root intermediate leaf, KeyUsageClientAuth, false",
    "root intermediate client, KeyUsageAny, true",
    "leaf leaf, '', true"
  })
  void aChainEndsAtTheFirstCertificate(String names, String usage, boolean valid) throws Exception {
    StringBuilder pem = new StringBuilder();
    for (String name : names.split(" ", -1)) {
      pem.append(resource(name + ".pem"));
    }
    Map<String, Object> options = new HashMap<>(Map.of("CurrentTime", THEN));
    if (!usage.isEmpty()) {
      options.put("KeyUsages", List.of(usage));
    }
    JsonArray answer = (JsonArray) Objects.requireNonNull(call(VERIFY, pem.toString(), options));
    assertThat(answer.get(0)).hasToString(String.valueOf(valid));
    assertThat(((JsonArray) answer.get(1)).isEmpty()).isEqualTo(!valid);
  }

  @ParameterizedTest
  @CsvSource({
    "leaf.example, true",
    "LEAF.example., true",
    "other.example, false",
    "a.wild.example, true",
    "a.b.wild.example, false",
    "wild.example, false",
    "10.0.0.1, false"
  })
  void theLeafIsForItsHosts(String host, String valid) throws Exception {
    String chain = resource("root.pem") + resource("intermediate.pem") + resource("leaf.pem");
    assertThat(text(VERIFY, chain, Map.of("CurrentTime", THEN, "DNSName", host)))
        .startsWith("[" + valid);
  }

  @Test
  void theClockIsThatOfTheEvaluation() throws Exception {
    String chain = resource("root.pem") + resource("intermediate.pem") + resource("leaf.pem");
    assertThat(text("crypto.x509.parse_and_verify_certificates", chain)).isEqualTo("[false, []]");
    assertThat(text(VERIFY, chain, Map.of("CurrentTime", 0))).isEqualTo("[false, []]");
  }

  @Test
  void optionsThatMakeNoSenseAreNamed() throws Exception {
    String chain = resource("root.pem") + resource("leaf.pem");
    assertThat(error(VERIFY, chain, Map.of("Foo", 1))).isEqualTo("invalid key option");
    assertThat(error(VERIFY, chain, Map.of("DNSName", 1)))
        .isEqualTo("'DNSName' should be a string");
    assertThat(error(VERIFY, chain, Map.of("CurrentTime", 1.5)))
        .isEqualTo("'CurrentTime' should be a valid int64 number");
    assertThat(error(VERIFY, chain, Map.of("KeyUsages", List.of("Nope", "KeyUsageAny"))))
        .isEqualTo("invalid entries for 'KeyUsages' found: [Nope]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "ES384", "ES512", "EdDSA"})
  void privateKeysAreReadAsJwk(String algorithm) throws Exception {
    String pem = TestKeys.pem("PRIVATE KEY", TestKeys.pair(algorithm).getPrivate().getEncoded());
    if (algorithm.startsWith("ES")) {
      // The JDK leaves the public point out of its encoding, and without it there is no JWK.
      assertThat(error("crypto.x509.parse_rsa_private_key", pem))
          .isEqualTo("x509: EC private key without its public key");
      return;
    }
    JsonObject jwk =
        (JsonObject) Objects.requireNonNull(call("crypto.x509.parse_rsa_private_key", pem));
    JsonObject expected = (JsonObject) Calls.value(TestKeys.privateJwk(algorithm));
    for (String name : List.of("kty", "n", "e", "d", "x", "crv")) {
      assertThat(jwk.get(name)).as(name).isEqualTo(expected.get(name));
    }
    String keys = text("crypto.parse_private_keys", pem + "other text" + pem);
    assertThat(keys).startsWith("[").doesNotStartWith("[]");
  }

  @Test
  void whatIsNoKeyOrCertificateIsReported() throws Exception {
    assertThat(error("crypto.x509.parse_certificates", "foobar!"))
        .startsWith("illegal base64 data at input byte");
    assertThat(error("crypto.x509.parse_certificates", base64("badstring")))
        .isEqualTo("x509: malformed certificate");
    assertThat(error("crypto.x509.parse_certificates", TestKeys.pem("X", new byte[3])))
        .isEqualTo("PEM block type is 'X', expected CERTIFICATE");
    assertThat(error("crypto.x509.parse_certificate_request", base64("badstring")))
        .startsWith("asn1: structure error");
    assertThat(text("crypto.parse_private_keys", "nope")).isEqualTo("[]");
    assertThat(text("crypto.parse_private_keys", "")).isEqualTo("null");
    assertThat(error("crypto.x509.parse_rsa_private_key", ""))
        .isEqualTo("input PEM data was empty");
  }

  @Test
  void aPairMustBelongTogether() throws Exception {
    String certificate = resource("rich.pem");
    String other = TestKeys.pem("PRIVATE KEY", TestKeys.pair("RS256").getPrivate().getEncoded());
    assertThat(error("crypto.x509.parse_keypair", certificate, other))
        .isEqualTo("tls: private key type does not match public key type");
    assertThat(error("crypto.x509.parse_keypair", other, certificate))
        .isEqualTo(
            "tls: failed to find certificate PEM data in certificate input, but did find a"
                + " private key; PEM inputs may have been switched");
    assertThat(error("crypto.x509.parse_keypair", certificate, certificate))
        .isEqualTo("tls: found a certificate rather than a key in the PEM for the private key");
  }

  @Test
  void noBytesMakeTheParsersThrowAnythingElse() throws Exception {
    Random random = new Random(17);
    byte[] rich = Objects.requireNonNull(Pem.first(resource("rich.pem"))).bytes();
    byte[] request = Objects.requireNonNull(Pem.first(resource("request.pem"))).bytes();
    int refused = 0;
    for (int i = 0; i < 6_000; i++) {
      boolean certificate = i % 2 == 0;
      byte[] bytes = (certificate ? rich : request).clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String name =
          certificate ? "crypto.x509.parse_certificates" : "crypto.x509.parse_certificate_request";
      try {
        call(name, JsonString.of(Base64.getEncoder().encodeToString(bytes)));
      } catch (BuiltinException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 5_900);
  }
}
