package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.testing.Tally;
import app.intentgate.text.GoText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenVectorTest {
  /** How far a token came, and what stopped it. */
  private record Verdict(String stage, String error) {
    static final Verdict ACCEPTED = new Verdict("accepted", "");
  }

  @Test
  void tokensMeanWhatTheyMeantToTheReferenceOrWhatOurRulesSay() {
    Tally tally = Tally.of("vectors tokens.json");
    for (JsonValue each : (JsonArray) GoldenData.vectorsJson("tokens.json")) {
      JsonObject c = (JsonObject) each;
      tally.check(text(c, "name"), () -> check(c));
    }
    tally.finish();
  }

  private static void check(JsonObject c) throws Exception {
    byte[] masterKey = key(c, "master_key_b64url");
    byte[] verifyKey = c.get("verify_key_b64url") == null ? masterKey : key(c, "verify_key_b64url");
    checkSteps(c, masterKey);
    String token = text(c, "token");
    Verdict expected = expected(c, verifyKey);
    assertThat(verdict(c, verifyKey)).isEqualTo(expected);
    if (expected.equals(Verdict.ACCEPTED)) {
      checkAccepted(c, verifier(verifyKey).verify(token));
    }
    JsonObject sdk = c.get("sdk") instanceof JsonObject o ? o : JsonObject.EMPTY;
    String correct = text(sdk, "correct_token_by_gateway_rules");
    if (!correct.isEmpty() && text(sdk, "gateway_error_for_correct_token").isEmpty()) {
      assertThat(verifier(verifyKey).verify(correct).token().encode()).isEqualTo(correct);
    }
  }

  private static TokenVerifier verifier(byte[] key) {
    return TokenVerifier.of(KeyRing.of(MasterKey.of(key)));
  }

  /** Canonical bytes and signature of every step. */
  private static void checkSteps(JsonObject c, byte[] masterKey) {
    JsonArray canonical = (JsonArray) c.get("canonical_hex_per_step");
    JsonArray signatures = (JsonArray) c.get("signature_b64url_per_step");
    CapabilityToken token = null;
    for (int i = 0; i < signatures.size(); i++) {
      JsonObject step = (JsonObject) ((JsonArray) c.get("steps")).get(i);
      byte[] bytes;
      if (token == null) {
        token = minted(step);
        bytes = token.payload();
        token = token.signed(Hmac.of(masterKey, bytes));
      } else {
        Caveat caveat = caveat((JsonObject) step.get("caveat"));
        JsonOutput out = JsonOutput.htmlSafe();
        caveat.members().write(caveat.type(), out);
        bytes = out.toByteArray();
        token = appended(token, caveat, bytes);
      }
      assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(canonical.get(i).asText());
      assertThat(token.signature()).isEqualTo(signatures.get(i).asText());
    }
  }

  private static CapabilityToken appended(CapabilityToken token, Caveat caveat, byte[] bytes) {
    try {
      return token.attenuate(caveat);
    } catch (TokenException e) { // what must not be attenuated may be in the chain all the same
      List<Caveat> caveats = new ArrayList<>(token.caveats());
      caveats.add(caveat);
      byte[] signature = Hmac.of(Base64Url.decode(token.signature()), bytes);
      return new CapabilityToken(
          token.version(),
          token.id(),
          token.rootId(),
          token.issuer(),
          token.tenant(),
          token.zone(),
          token.subject(),
          token.issuedAt(),
          token.notBefore(),
          caveats,
          Base64Url.encode(signature));
    }
  }

  private static CapabilityToken minted(JsonObject step) {
    return new CapabilityToken(
        number(step, "v"),
        text(step, "jti"),
        text(step, "root_jti"),
        text(step, "iss"),
        text(step, "tenant"),
        text(step, "zone"),
        text(step, "sub"),
        number(step, "iat"),
        number(step, "nbf"),
        List.of(),
        "");
  }

  private static Caveat caveat(JsonObject c) {
    return Caveat.of(
        text(c, "t"),
        new CaveatMembers(
            ToolPatterns.of(texts(c, "tools")),
            text(c, "agent"),
            number(c, "exp"),
            number(c, "max_calls"),
            number(c, "step_up_at"),
            texts(c, "callees"),
            texts(c, "callee_zones"),
            texts(c, "servers"),
            number(c, "rate_per_min"),
            number(c, "max_cents"),
            number(c, "risk_max")));
  }

  private static Verdict verdict(JsonObject c, byte[] key) {
    CapabilityToken decoded;
    try {
      decoded = CapabilityToken.decode(text(c, "token"));
    } catch (TokenException e) {
      return new Verdict("decode", e.getMessage());
    }
    VerifiedToken verified;
    try {
      verified = verifier(key).verify(decoded);
    } catch (TokenException e) {
      return new Verdict("verify", e.getMessage());
    }
    CaveatRefusal refusal = CaveatCheck.refusal(verified, request(c));
    return refusal == null ? Verdict.ACCEPTED : new Verdict("check", refusal.text());
  }

  private static CaveatRequest request(JsonObject c) {
    JsonObject context = (JsonObject) c.get("context");
    return CaveatRequest.of(
            text(context, "tool"),
            text(context, "agent"),
            Instant.ofEpochSecond(number(context, "now")))
        .withEastWest(context.get("east_west") == JsonBoolean.TRUE)
        .withRiskScore(number(context, "risk"));
  }

  /** The reference's verdict, or ours where the rules of better.md differ. */
  private static Verdict expected(JsonObject c, byte[] key) throws Exception {
    JsonObject said = (JsonObject) c.get("expected");
    Verdict reference =
        "accept".equals(text(said, "verdict"))
            ? Verdict.ACCEPTED
            : new Verdict(text(said, "stage"), text(said, "error"));
    if (reference.stage().equals("decode")) {
      return reference;
    }
    if (text(c, "token").length() > CapabilityToken.MAX_ENCODED_LENGTH) { // our own bound
      return new Verdict("decode", "token is longer than 65536 characters");
    }
    String error = ReferenceRules.strictDecodeError(text(c, "token")); // B6
    if (error != null) {
      return new Verdict("decode", error);
    }
    CapabilityToken token = CapabilityToken.decode(text(c, "token"));
    error = ReferenceRules.strictSignatureError(token.signature()); // B6
    boolean complete = reference.equals(Verdict.ACCEPTED) || reference.error().startsWith("sig");
    if (error != null && complete) {
      return new Verdict("verify", error);
    }
    if (reference.error().equals("signature mismatch")
        && Base64Url.decode(token.signature()).length == 32
        && ReferenceRules.signedBySdk(key, token)) { // B7
      reference = Verdict.ACCEPTED;
    }
    return malformedPattern(c, token, reference); // B10
  }

  /** The refusal by the first list with a malformed pattern, unless something refused before it. */
  private static Verdict malformedPattern(JsonObject c, CapabilityToken token, Verdict reference) {
    if (request(c).eastWest() || reference.stage().equals("verify")) {
      return reference;
    }
    for (int i = 0; i < token.caveats().size(); i++) {
      Caveat caveat = token.caveats().get(i);
      List<String> tools = isToolList(caveat) ? caveat.members().tools().texts() : List.of();
      Optional<String> bad = tools.stream().filter(ReferenceRules::isMalformedPattern).findFirst();
      if (bad.isPresent() && !reference.error().startsWith("token not yet valid")) {
        String text =
            caveat instanceof Caveat.ToolDeny
                ? "tool pattern " + GoText.quote(bad.get()) + " is malformed"
                : "tool " + GoText.quote(request(c).tool()) + " not in allowed set";
        return new Verdict("check", "caveat " + i + " (" + caveat.type() + "): " + text);
      }
      if (reference.error().startsWith("caveat " + i + " ")) {
        return reference;
      }
    }
    return reference;
  }

  private static boolean isToolList(Caveat caveat) {
    return caveat instanceof Caveat.ToolAllow || caveat instanceof Caveat.ToolDeny;
  }

  private static void checkAccepted(JsonObject c, VerifiedToken verified) {
    JsonObject expected = (JsonObject) c.get("expected");
    CapabilityToken token = verified.token();
    if (expected.get("caveat_count") != null) {
      assertThat(token.caveats()).hasSize((int) number(expected, "caveat_count"));
      assertThat(token.isRoot()).isEqualTo(expected.get("is_root") == JsonBoolean.TRUE);
      assertThat(token.encode().equals(text(c, "token")))
          .isEqualTo(expected.get("reencoded_same") == JsonBoolean.TRUE);
    }
    assertThat(CapabilityToken.decode(token.encode())).isEqualTo(token);
    assertThat(verified.chainIds()).hasSize(token.caveats().size() + 1).doesNotHaveDuplicates();
    assertThat(verified.chainId()).isEqualTo(token.chainId()).hasSize(43);
    if (c.get("can_call") instanceof JsonObject call) {
      Callee callee = new Callee(text(call, "callee"), text(call, "callee_zone"));
      String refusal = CaveatCheck.calleeRefusal(verified, callee);
      assertThat(refusal == null).isEqualTo(call.get("allowed") == JsonBoolean.TRUE);
      assertThat(refusal == null ? "" : refusal).isEqualTo(text(call, "reason"));
    }
  }

  private static byte[] key(JsonObject c, String name) {
    return Base64.getUrlDecoder().decode(text(c, name));
  }

  private static String text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value == null || value instanceof JsonNull ? "" : value.asText();
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonNumber n ? n.longValue() : 0;
  }

  private static List<String> texts(JsonObject object, String name) {
    List<String> texts = new ArrayList<>();
    if (object.get(name) instanceof JsonArray array) {
      array.forEach(item -> texts.add(item.asText()));
    }
    return texts;
  }
}
