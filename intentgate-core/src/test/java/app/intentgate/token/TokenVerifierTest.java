package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonOutput;
import app.intentgate.token.TokenException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final MasterKey OLD =
      MasterKey.of("an old key of 32 bytes, or so...".getBytes(StandardCharsets.UTF_8));

  @Test
  void whatAnyKeyOfTheRingSignedVerifiesAndSaysWhich() {
    CapabilityToken token = TokenMinter.of(KeyRing.of(OLD)).mint(Grant.to("agent"));
    KeyRing both = Tokens.KEYS.withNewest(OLD);
    assertThat(TokenVerifier.of(both).verify(token).keyId()).isEqualTo(OLD.id());
    TokenVerifier verifier = TokenVerifier.of(KeyRing.of(List.of(Tokens.KEYS.newest(), OLD)));
    String text = token.encode();
    assertThat(verifier.verify(text).keyId()).isEqualTo(OLD.id());
    verifier.replaceKeys(Tokens.KEYS);
    assertThatThrownBy(() -> verifier.verify(text))
        .as("what was remembered is forgotten with its key")
        .hasMessage("signature mismatch");
  }

  @Test
  void aVerifiedTokenIsRememberedByItsExactText() {
    TokenVerifier verifier = TokenVerifier.of(Tokens.KEYS);
    String text = Tokens.mint(Grant.to("agent")).encode();
    VerifiedToken first = verifier.verify(text);
    assertThat(verifier.verify(new String(text.toCharArray()))).isSameAs(first);
  }

  @Test
  void theCacheKeepsItsBounds() {
    VerifiedTokenCache cache = new VerifiedTokenCache(100, 1_000_000);
    VerifiedToken token = Tokens.verified();
    for (int i = 0; i < 1_000; i++) {
      cache.put("t" + i, token);
      assertThat(cache.get("t" + i)).isSameAs(token);
      assertThat(cache.get("t0")).as("what is used stays").isSameAs(token);
      assertThat(cache.size()).isLessThanOrEqualTo(100);
    }
    VerifiedTokenCache small = new VerifiedTokenCache(10_000, 100_000);
    for (int i = 0; i < 1_000; i++) {
      small.put("t".repeat(2_000) + i, token);
      assertThat(small.bytes()).isLessThanOrEqualTo(100_000);
    }
    small.put("x".repeat(60_000), token);
    assertThat(small.get("x".repeat(60_000))).as("too large to be kept").isNull();
  }

  @Test
  void aStepUpCountsOnlyWhenAGateMintedIt() {
    CapabilityToken minted = Tokens.mint(Grant.to("agent").stepUp());
    assertThat(Tokens.verify(minted).stepUpAt()).isEqualTo(Tokens.NOW.getEpochSecond());
    CapabilityToken plain = Tokens.mint(Grant.to("agent"));
    long later = Tokens.NOW.getEpochSecond() + 100;
    assertThat(Tokens.verify(plain.attenuate(new Caveat.StepUp(later, ""))).stepUpAt()).isZero();
    String stolen = ((Caveat.StepUp) minted.caveats().get(1)).proof();
    for (CapabilityToken token : List.of(plain, minted)) {
      CapabilityToken forged = token.attenuate(new Caveat.StepUp(later, stolen));
      assertThat(Tokens.verify(forged).stepUpAt()).isEqualTo(Tokens.verify(token).stepUpAt());
      assertThat(CaveatCheck.refusal(Tokens.verify(forged), Tokens.call("x"))).isNull();
    }
    CapabilityToken copied =
        plain.attenuate(new Caveat.StepUp(Tokens.NOW.getEpochSecond(), stolen));
    assertThat(Tokens.verify(copied).stepUpAt()).as("another token's proof").isZero();
  }

  @Test
  void aStepUpIsProvenByTheKeyThatSignedTheToken() {
    CapabilityToken token =
        TokenMinter.of(KeyRing.of(OLD), Tokens.CLOCK, Tokens.IDS).mint(Grant.to("a").stepUp());
    TokenVerifier verifier = TokenVerifier.of(KeyRing.of(List.of(Tokens.KEYS.newest(), OLD)));
    assertThat(verifier.verify(token).stepUpAt()).isEqualTo(Tokens.NOW.getEpochSecond());
  }

  @Test
  void siblingsCountForThemselvesAndDescendantsTogether() {
    CapabilityToken root = Tokens.mint(Grant.to("agent").maxCalls(10));
    CapabilityToken first = root.attenuate(new Caveat.MaxCalls(5));
    CapabilityToken second = root.attenuate(new Caveat.MaxCalls(6));
    CapabilityToken grandchild = first.attenuate(new Caveat.ToolAllow(List.of("x")));
    List<Limit> ofFirst = Tokens.verify(first).limits();
    assertThat(ofFirst).hasSize(2);
    assertThat(Tokens.verify(second).limits().get(0)).isEqualTo(ofFirst.get(0));
    assertThat(Tokens.verify(second).limits().get(1).counter())
        .isNotEqualTo(ofFirst.get(1).counter());
    assertThat(Tokens.verify(grandchild).limits()).isEqualTo(ofFirst);
    assertThat(Tokens.verify(grandchild).chainIds()).contains(first.chainId(), root.chainId());
    assertThat(ofFirst.get(1).counter()).isEqualTo(first.chainId());
  }

  @Test
  void aCaveatOfATypeNobodyKnowsIsKeptInEveryChildAndRefuses() {
    Caveat unknown = Caveat.of("office_hours", CaveatMembers.limits(17, 9, 0, 0, 3));
    CapabilityToken token = Tokens.mint(Grant.to("agent")).attenuate(unknown);
    CapabilityToken child =
        CapabilityToken.decode(token.encode()).attenuate(new Caveat.ToolAllow(List.of("read_*")));
    VerifiedToken verified = Tokens.verify(CapabilityToken.decode(child.encode()));

    assertThat(verified.token().caveats())
        .startsWith(token.caveats().toArray(new Caveat[0]))
        .contains(unknown);
    CaveatRefusal refused = CaveatCheck.refusal(verified, Tokens.call("read_a"));
    assertThat(refused).isNotNull();
    assertThat(refused.text()).contains("unknown caveat type \"office_hours\" (deny by default)");
  }

  @Test
  void zeroAndNegativeLimitsPermitNothing() {
    assertThat(
            Tokens.verified(
                    new Caveat.MaxCalls(0),
                    new Caveat.MaxCalls(-5),
                    new Caveat.RateLimit(0),
                    new Caveat.MaxCost(0))
                .limits())
        .extracting(
            l ->
                l instanceof Limit.Calls c
                    ? c.calls()
                    : l instanceof Limit.Rate r ? r.callsPerMinute() : ((Limit.Cost) l).cents())
        .containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  void aChainIdIsNoSignature() {
    CapabilityToken token = Tokens.mint(Grant.to("agent"));
    assertThat(token.chainId())
        .hasSize(43)
        .matches("[A-Za-z0-9_-]+")
        .isNotEqualTo(token.signature());
    assertThat(token.toString()).doesNotContain(token.signature()).contains("agent");
    assertThat(Tokens.verify(token).toString()).doesNotContain(token.signature());
  }

  @Test
  void aTokenWithTenThousandCaveatsIsRefusedSoon() {
    JsonOutput out =
        JsonOutput.htmlSafe().beginObject().name("v").number(4).name("cav").beginArray();
    for (int i = 0; i < 10_000; i++) {
      out.beginObject().name("t").string("").endObject();
    }
    byte[] json = out.endArray().endObject().toByteArray();
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    assertThatThrownBy(() -> CapabilityToken.decode(text))
        .isInstanceOf(TokenException.class)
        .extracting(e -> ((TokenException) e).code())
        .isEqualTo(Code.TOO_LARGE);
  }

  @Test
  void aTokenWithTheMostCaveatsVerifiesAndOneMoreIsRefused() {
    Caveat[] caveats = new Caveat[CapabilityToken.MAX_CAVEATS];
    Arrays.setAll(caveats, i -> Caveat.of("t", CaveatMembers.NONE));
    VerifiedToken most = Tokens.verified(caveats);
    assertThat(most.chainIds()).hasSize(CapabilityToken.MAX_CAVEATS + 1);
    List<Caveat> more = new ArrayList<>(List.of(caveats));
    more.add(new Caveat.MaxCalls(1));
    CapabilityToken child = most.token().attenuate(new Caveat.MaxCalls(1));
    assertThat(catchThrowableOfType(TokenException.class, () -> Tokens.verify(child)).code())
        .isEqualTo(Code.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"V\":4}",
        "{\"\\u0056\":4}",
        "{\"ſub\":\"a\"}",
        "{\"JTI\":\"a\"}",
        "{\"v\":4,\"v\":4}",
        "{\"cav\":[{\"T\":\"x\"}]}",
        "{\"cav\":[{\"toolſ\":[]}]}",
        "{\"cav\":[{\"t\":\"a\",\"t\":\"a\"}]}",
        "{\"sub\":\"\\ud800\"}",
        "{\"x\":[{\"a\":\"\\udc00\"}]}",
        "{\"\\ud800\":1}",
        "{\"v\":4.0}",
        "{\"v\":4e0}",
        "{\"iat\":9223372036854775808}",
        "{\"sub\":1}",
        "{\"cav\":{}}",
        "{\"cav\":[null]}",
        "{\"cav\":[{\"tools\":[null]}]}",
        "{\"cav\":[{\"tools\":\"x\"}]}",
        "[]",
        "4",
        "{} {}",
        "{}x",
        "",
        "{\"x\":{\"y\":1,\"y\":2}}",
        "{\"riſk_max\":1,\"cav\":[{\"riſK_max\":1}]}"
      })
  void textsThatReadTwoWaysAreNoTokens(String json) {
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    TokenException e =
        catchThrowableOfType(TokenException.class, () -> CapabilityToken.decode(text));
    assertThat(e).hasMessage("token JSON is malformed");
    assertThat(e.code()).isEqualTo(Code.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        " { \"v\" : 4 } ",
        "{\"x\":[{\"V\":1}],\"cav\":null}",
        "{\"cav\":[{}]}",
        "{\"x\":\"\\ud83d\\ude00\"}",
        "{\"tools\":[],\"T\":1}",
        "{\"v\":-0,\"sub\":null}"
      })
  void oddTextsOfOneMeaningAreDecoded(String json) {
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    assertThat(CapabilityToken.decode(text).issuedAt()).isZero();
  }

  @Test
  void idsAreShortUniqueAndBeginWithTheTime() {
    TokenIds ids = new TokenIds(Tokens.CLOCK, new SecureRandom());
    List<String> some = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      some.add(ids.next());
    }
    assertThat(some).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    byte[] raw = Base64.getUrlDecoder().decode(some.get(0));
    assertThat(ByteBuffer.wrap(raw).getInt()).isEqualTo(1_760_000_000);
  }
}
