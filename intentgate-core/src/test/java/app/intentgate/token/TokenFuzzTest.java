package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.fuzz.FuzzContract;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.GoldenData;
import app.intentgate.token.TokenException.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A text is a token in one spelling or is refused; what is read is written and read as the same; no
 * key verifies what was not signed with it, and with the right key only what is rightly signed.
 *
 * <p>Inputs that start with a brace are the JSON of a token, others its text. A token whose
 * signature is empty gets the right one, so that more than the signature is tried.
 */
class TokenFuzzTest extends FuzzContract {
  private static final Set<Code> UNREADABLE =
      Set.of(Code.TOO_LARGE, Code.NOT_BASE64URL, Code.MALFORMED_JSON);
  private static final Set<Code> UNVERIFIED =
      Set.of(Code.INCOMPLETE, Code.SIGNATURE_ENCODING, Code.SIGNATURE_MISMATCH);
  private static final TokenVerifier OTHER =
      TokenVerifier.of(KeyRing.parse("c29tZSBvdGhlciBrZXksIG5vdCBvbmUgb2Ygb3Vycy4u"));

  TokenFuzzTest() {
    super("token");
  }

  @Override
  protected List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (JsonValue each : (JsonArray) GoldenData.vectorsJson("tokens.json")) {
      JsonValue text = ((JsonObject) each).get("token");
      if (text != null && text.asText() != null && text.asText().length() < 1500) {
        seeds.add(bytes(text.asText()));
        byte[] json = Base64Url.decode(text.asText());
        if (json != null) {
          seeds.add(json);
        }
      }
    }
    return seeds;
  }

  @Override
  protected List<String> words() {
    return List.of(
        "\"v\":4",
        "\"jti\":",
        "\"root_jti\":",
        "\"iss\":",
        "\"tenant\":",
        "\"zone\":",
        "\"sub\":",
        "\"iat\":",
        "\"nbf\":",
        "\"cav\":[",
        "\"sig\":\"\"",
        "{\"t\":\"tool_allow\",\"tools\":[\"",
        "\"tool_deny\"",
        "\"agent_lock\"",
        "\"exp\"",
        "\"max_calls\"",
        "\"step_up_at\":",
        "\"callees\":[",
        "\"callee_zones\":[",
        "\"servers\":[",
        "\"rate_per_min\":",
        "\"max_cents\":",
        "\"risk_max\":",
        "null",
        "\\ud800",
        "\u017f",
        "\u212a",
        "[a-z]",
        "*");
  }

  @Override
  protected void tryInput(byte[] input) {
    boolean json = input.length > 0 && input[0] == '{';
    String text = json ? Base64Url.encode(input) : new String(input, StandardCharsets.ISO_8859_1);
    CapabilityToken token;
    try {
      token = CapabilityToken.decode(text);
    } catch (TokenException e) {
      assertThat(e.code()).isIn(UNREADABLE);
      assertThat(e.code() == Code.NOT_BASE64URL && json).isFalse();
      return;
    }
    assertThat(ReferenceRules.strictDecodeError(text)).isNull();
    assertThat(CapabilityToken.decode(token.encode())).isEqualTo(token);
    assertThat(CapabilityToken.decode(token.encode()).encode()).isEqualTo(token.encode());
    assertThat(token.toString()).doesNotContain("\"sig\"");
    isRefusedByAnotherKey(token, text);
    verifiesOnlyByItsSignature(token, text);
    if (token.signature().isEmpty()) {
      byte[] all = SignatureChain.canonical(Tokens.KEYS.newest(), token);
      CapabilityToken signed =
          token.signed(Arrays.copyOfRange(all, all.length - Hmac.LENGTH, all.length));
      isRefusedByAnotherKey(signed, signed.encode());
      verifiesOnlyByItsSignature(signed, signed.encode());
      attenuates(signed);
    }
  }

  private static void isRefusedByAnotherKey(CapabilityToken token, String text) {
    assertThat(code(OTHER, text)).as("another key").isIn(UNVERIFIED);
    assertThat(token.encode()).isNotEmpty();
  }

  private static Code code(TokenVerifier verifier, String text) {
    try {
      verifier.verify(text);
      return null;
    } catch (TokenException e) {
      return e.code();
    }
  }

  /** Whether it verifies is what a second computation of the chain says. */
  private static void verifiesOnlyByItsSignature(CapabilityToken token, String text) {
    Code code = code(TokenVerifier.of(Tokens.KEYS), text);
    assertThat(code).isIn(null, Code.INCOMPLETE, Code.SIGNATURE_ENCODING, Code.SIGNATURE_MISMATCH);
    byte[] key = Tokens.KEYS.newest().bytes();
    byte[] signature = Hmac.of(key, token.payload());
    for (Caveat caveat : token.caveats()) {
      signature = Hmac.of(signature, SignatureChain.canonicalBytes(caveat));
    }
    boolean right = token.signature().equals(Base64Url.encode(signature));
    if (code == null) {
      assertThat(right || signedBySdk(key, token)).as("it is signed").isTrue();
    } else if (right) {
      assertThat(code).isEqualTo(Code.INCOMPLETE);
    }
  }

  private static boolean signedBySdk(byte[] key, CapabilityToken token) {
    try {
      return ReferenceRules.signedBySdk(key, token);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A child of a good token is good, carries its parent's caveats, and is not its parent. */
  private static void attenuates(CapabilityToken token) {
    CapabilityToken child;
    try {
      child = token.attenuate(new Caveat.MaxCalls(1));
    } catch (TokenException e) {
      assertThat(e.code()).isEqualTo(Code.NOT_ATTENUABLE);
      return;
    }
    Code parent = code(TokenVerifier.of(Tokens.KEYS), token.encode());
    if (child.encode().length() <= CapabilityToken.MAX_ENCODED_LENGTH) {
      assertThat(code(TokenVerifier.of(Tokens.KEYS), child.encode())).isEqualTo(parent);
    }
    assertThat(child.caveats().subList(0, token.caveats().size())).isEqualTo(token.caveats());
    assertThat(child.chainId()).isNotEqualTo(token.chainId());
  }
}
