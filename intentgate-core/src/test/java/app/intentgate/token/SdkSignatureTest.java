package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B7: children signed by the public SDKs, whose JSON escapes other characters than the gate's. */
class SdkSignatureTest {
  private static final String EVERYTHING =
      "read_<a>&é\u2028\u2029\u007f\ufffd\ud83d\udcb6\"\\\n\u0001";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void childrenOfBothSdksVerify(int hops) {
    for (Supplier<JsonOutput> form :
        List.<Supplier<JsonOutput>>of(JsonOutput::plain, JsonOutput::ascii)) {
      CapabilityToken token = Tokens.mint(Grant.to("agent").tools(EVERYTHING, "x"));
      for (int i = 0; i < hops; i++) {
        token = signedBySdk(token, new Caveat.ToolAllow(List.of(EVERYTHING, "x")), form);
      }
      VerifiedToken verified = Tokens.verify(token);
      assertThat(CaveatCheck.refusal(verified, Tokens.call("x"))).isNull();
      assertThat(CaveatCheck.refusal(verified, Tokens.call("y"))).isNotNull();
      assertThat(verified.chainId()).isEqualTo(token.chainId());
    }
  }

  @Test
  void aGatesChildOfAnSdksChildIsNotOneOfTheForms() {
    CapabilityToken sdk =
        signedBySdk(
            Tokens.mint(Grant.to("agent")),
            new Caveat.ToolAllow(List.of(EVERYTHING)),
            JsonOutput::ascii);
    assertThat(Tokens.verify(sdk.attenuate(new Caveat.MaxCalls(1))).limits())
        .as("what both write the same way may follow")
        .hasSize(1);
    CapabilityToken mixed = sdk.attenuate(new Caveat.ToolAllow(List.of(EVERYTHING)));
    assertThatThrownBy(() -> Tokens.verify(mixed)).hasMessage("signature mismatch");
  }

  @Test
  void anSdkThatTookOverAfterManyOddCaveatsIsFound() {
    CapabilityToken token = Tokens.mint(Grant.to("agent"));
    for (int i = 0; i < 20; i++) {
      token = token.attenuate(new Caveat.ToolDeny(List.of("<" + i + ">")));
    }
    CapabilityToken last =
        signedBySdk(token, new Caveat.ToolDeny(List.of("<last>")), JsonOutput::plain);
    assertThat(Tokens.verify(last).token()).isEqualTo(last);
    CapabilityToken all = Tokens.mint(Grant.to("agent"));
    for (int i = 0; i < 20; i++) {
      all = signedBySdk(all, new Caveat.ToolDeny(List.of("<" + i + ">")), JsonOutput::plain);
    }
    assertThat(Tokens.verify(all).token()).isEqualTo(all);
  }

  /** Each form that is tried costs as much as the canonical one, and anyone may send a token. */
  @Test
  void formsAreTriedUpToAHundredCaveats() {
    CapabilityToken token = Tokens.mint(Grant.to("agent"));
    while (token.caveats().size() < 99) {
      token = token.attenuate(new Caveat.ToolDeny(List.of("a")));
    }
    Caveat odd = new Caveat.ToolDeny(List.of("<"));
    CapabilityToken hundred = signedBySdk(token, odd, JsonOutput::plain);
    assertThat(Tokens.verify(hundred).token()).isEqualTo(hundred);
    CapabilityToken more = signedBySdk(hundred, odd, JsonOutput::plain);
    assertThatThrownBy(() -> Tokens.verify(more)).hasMessage("signature mismatch");
    while (token.caveats().size() < CapabilityToken.MAX_CAVEATS) {
      token = token.attenuate(odd);
    }
    assertThat(Tokens.verify(token).token()).as("in the gate's own form").isEqualTo(token);
  }

  @Test
  void noFormMakesACaveatWeaker() {
    CapabilityToken child =
        signedBySdk(
            Tokens.mint(Grant.to("agent")),
            new Caveat.ToolAllow(List.of("<only>")),
            JsonOutput::plain);
    List<Caveat> others = new ArrayList<>(child.caveats());
    others.set(1, new Caveat.ToolAllow(List.of("<only>", "more")));
    CapabilityToken forged =
        new CapabilityToken(
            4,
            child.id(),
            child.rootId(),
            child.issuer(),
            child.tenant(),
            child.zone(),
            child.subject(),
            child.issuedAt(),
            0,
            others,
            child.signature());
    assertThatThrownBy(() -> Tokens.verify(forged)).hasMessage("signature mismatch");
    others.remove(1);
    assertThatThrownBy(
            () ->
                Tokens.verify(
                    new CapabilityToken(
                        4,
                        child.id(),
                        child.rootId(),
                        child.issuer(),
                        child.tenant(),
                        child.zone(),
                        child.subject(),
                        child.issuedAt(),
                        0,
                        others,
                        child.signature())))
        .hasMessage("signature mismatch");
  }

  private static CapabilityToken signedBySdk(
      CapabilityToken parent, Caveat caveat, Supplier<JsonOutput> form) {
    JsonOutput out = form.get();
    caveat.members().write(caveat.type(), out);
    List<Caveat> caveats = new ArrayList<>(parent.caveats());
    caveats.add(caveat);
    CapabilityToken unsigned =
        new CapabilityToken(
            4,
            parent.id(),
            parent.rootId(),
            parent.issuer(),
            parent.tenant(),
            parent.zone(),
            parent.subject(),
            parent.issuedAt(),
            parent.notBefore(),
            caveats,
            "");
    return unsigned.signed(Hmac.of(Base64Url.decode(parent.signature()), out.toByteArray()));
  }
}
