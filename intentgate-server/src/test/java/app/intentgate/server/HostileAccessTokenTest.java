package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.FakeIssuer;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that somebody made who would like to be let in. */
@Timeout(60)
class HostileAccessTokenTest {
  @TempDir Path directory;

  private FakeIssuer issuer;
  private TestGate gate;

  @BeforeEach
  void start() throws Exception {
    issuer = new FakeIssuer();
    gate = OAuthGate.start(directory, issuer, OAuthGate.RULES);
  }

  @AfterEach
  void stop() {
    gate.close();
    issuer.close();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private JWTClaimsSet.Builder claims() {
    return issuer.claims().claim("org", "acme");
  }

  private JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1");
  }

  private String signed(JWSHeader header) {
    return FakeIssuer.sign(issuer.signingKey(), header, claims());
  }

  /** Signs any bytes as payload with the issuer's own key. */
  private String signedText(String payload) throws Exception {
    JWSObject jws = new JWSObject(header().build(), new Payload(payload));
    jws.sign(new RSASSASigner(issuer.signingKey()));
    return jws.serialize();
  }

  /** Puts another header before the claims and the signature of a good token. */
  private static String withHeader(String token, String header) {
    return base64(header) + token.substring(token.indexOf('.'));
  }

  private String hmac(byte[] secret) throws Exception {
    JWSObject jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(),
            new Payload(claims().build().toJSONObject()));
    jws.sign(new MACSigner(secret));
    return jws.serialize();
  }

  private Map<String, String> hostile() throws Exception {
    RSAKey key = issuer.signingKey();
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("k1").generate();
    ECKey curve = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    String good = OAuthGate.reader(issuer);
    String body = claims().build().toString();
    String unsigned = base64("{\"alg\":\"none\"}") + "." + base64(body) + ".";
    long now = Instant.now().getEpochSecond();

    Map<String, String> out = new LinkedHashMap<>();
    out.put("alg none", unsigned);
    out.put("alg none, in other letters", withHeader(unsigned, "{\"alg\":\"nOnE\"}"));
    out.put(
        "alg none over a good signature", withHeader(good, "{\"alg\":\"none\",\"kid\":\"k1\"}"));
    out.put("no alg", withHeader(good, "{\"kid\":\"k1\"}"));
    out.put("two algs", withHeader(good, "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"k1\"}"));
    out.put("the public key as a shared secret", hmac(key.toRSAPublicKey().getEncoded()));
    out.put(
        "the public key's text as a shared secret",
        hmac(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
    out.put("the modulus as a shared secret", hmac(key.getModulus().decode()));
    out.put("somebody else's key of the same name", FakeIssuer.sign(stranger, claims()));
    JWSObject ec =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(),
            new Payload(claims().build().toJSONObject()));
    ec.sign(new ECDSASigner(curve));
    out.put("a curve where the key is RSA", ec.serialize());
    out.put(
        "a signature of noughts", good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86));
    out.put(
        "its own key in the header",
        FakeIssuer.sign(stranger, header().jwk(stranger.toPublicJWK()).build(), claims()));
    out.put(
        "a place for its key in the header",
        FakeIssuer.sign(
            stranger, header().jwkURL(URI.create(issuer.issuer() + "/mine")).build(), claims()));
    out.put(
        "crit",
        signed(header().criticalParams(Set.of("exp")).customParam("exp", now + 600).build()));
    out.put(
        "a payload that is not encoded",
        signed(header().base64URLEncodePayload(true).criticalParams(Set.of("b64")).build()));
    out.put("another type", signed(header().type(new JOSEObjectType("dpop+jwt")).build()));
    out.put("another issuer", FakeIssuer.sign(key, claims().issuer("https://evil.example")));
    out.put(
        "the issuer with a slash more",
        FakeIssuer.sign(key, claims().issuer(issuer.issuer() + "/")));
    out.put("another audience", FakeIssuer.sign(key, claims().audience("https://other.example")));
    out.put(
        "an audience that begins alike",
        FakeIssuer.sign(key, claims().audience(FakeIssuer.AUDIENCE + "/x")));
    out.put("no audience", FakeIssuer.sign(key, claims().audience((String) null)));
    out.put(
        "expired",
        FakeIssuer.sign(key, claims().expirationTime(Date.from(Instant.now().minusSeconds(31)))));
    out.put("no end", FakeIssuer.sign(key, claims().expirationTime(null)));
    out.put(
        "not yet",
        FakeIssuer.sign(key, claims().notBeforeTime(Date.from(Instant.now().plusSeconds(60)))));
    out.put(
        "issued in the future",
        FakeIssuer.sign(key, claims().issueTime(Date.from(Instant.now().plusSeconds(60)))));
    out.put("no subject", FakeIssuer.sign(key, claims().subject(null)));
    out.put("bound to a key", FakeIssuer.sign(key, claims().claim("cnf", Map.of("jkt", "x"))));
    out.put("two subjects", signedText(body.replace("{", "{\"sub\":\"root\",")));
    out.put(
        "an end that is a text",
        signedText(body.replaceAll("\"exp\":\\d+", "\"exp\":\"9999999999\"")));
    out.put("an end beyond all time", signedText(body.replaceAll("\"exp\":\\d+", "\"exp\":1e300")));
    out.put("an array", signedText("[]"));
    out.put("no JSON", signedText("ann"));
    out.put(
        "claims changed",
        good.replaceFirst("\\.[^.]+\\.", "." + base64(body.replace("ann", "root")) + "."));
    out.put("padded", good + "=");
    out.put("a stray bit", good.substring(0, good.length() - 1) + "_");
    out.put("cut off", good.substring(0, good.length() - 4));
    out.put("dots", "..");
    out.put("huge", good + "A".repeat(20_000));
    return out;
  }

  @Test
  void noneIsTaken() throws Exception {
    Answer good = gate.call("read_a", "Authorization", "Bearer " + OAuthGate.reader(issuer));
    assertThat(TestGate.json(good).has("result")).as("the good one: %s", good).isTrue();
    int before = issuer.asked();
    hostile()
        .forEach(
            (what, token) -> {
              Answer answer = gate.call("read_a", "Authorization", "Bearer " + token);
              assertThat(answer.status()).as("%s: %s", what, answer).isEqualTo(401);
              assertThat(answer.header("WWW-Authenticate"))
                  .as(what)
                  .startsWith("Bearer error=\"invalid_token\"");
              assertThat(TestGate.json(answer).at("/error/code").asInt()).isEqualTo(-32010);
              assertThat(answer.text())
                  .as(what)
                  .doesNotContain(issuer.issuer())
                  .doesNotContain("Exception");
            });
    assertThat(issuer.asked() - before)
        .as("the issuer was asked again for a key it may have by now, at most")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void aFloodOfUnknownKeysDoesNotBecomeAFloodAtTheIssuer() throws Exception {
    gate.call("read_a", "Authorization", "Bearer " + OAuthGate.reader(issuer));
    for (int i = 0; i < 200; i++) {
      String token =
          FakeIssuer.sign(
              issuer.signingKey(),
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("flood-" + i).build(),
              claims());
      assertThat(gate.call("read_a", "Authorization", "Bearer " + token).status()).isEqualTo(401);
    }
    assertThat(issuer.asked()).isLessThanOrEqualTo(2);
    Answer good = gate.call("read_a", "Authorization", "Bearer " + OAuthGate.reader(issuer));
    assertThat(TestGate.json(good).has("result")).isTrue();
  }

  @Test
  void namesOfToolsFromATokenMayBePatternsOnlyWhereTheRuleLeavesThemToIt() throws Exception {
    String listed =
        issuer.token(c -> c.claim("scope", "listed").claim("tools", List.of("web_*", "read_a")));
    assertThat(
            TestGate.json(gate.call("web_search", "Authorization", "Bearer " + listed))
                .has("result"))
        .isTrue();
    assertThat(
            TestGate.json(gate.call("verify_vendor", "Authorization", "Bearer " + listed))
                .at("/error/code")
                .asInt())
        .isEqualTo(-32010);
  }
}
