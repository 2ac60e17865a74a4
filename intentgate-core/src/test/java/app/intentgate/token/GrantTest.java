package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.token.TokenException.Code;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
  @Test
  void caveatsAreMintedInTheContractsOrder() {
    CapabilityToken token =
        Tokens.mint(
            Grant.to("agent")
                .calleeZones(List.of("z"))
                .stepUp()
                .riskMax(70)
                .maxCents(900)
                .ratePerMinute(7)
                .servers(List.of("sap"))
                .maxCalls(0)
                .denyTools("drop_*")
                .tools("read_*", "x")
                .caveat(new Caveat.MaxCalls(1))
                .expiresIn(Duration.ofHours(1)));
    assertThat(token.caveats())
        .extracting(Caveat::type)
        .containsExactly(
            "agent_lock",
            "exp",
            "tool_allow",
            "tool_deny",
            "max_calls",
            "mcp_allow",
            "rate_limit",
            "max_cost",
            "risk_max",
            "step_up",
            "callee_allow",
            "max_calls");
    assertThat(token.isRoot()).isTrue();
    assertThat(token.issuer()).isEqualTo("intentgate");
    assertThat(token.tenant()).isEqualTo("default");
    assertThat(token.issuedAt()).isEqualTo(Tokens.NOW.getEpochSecond());
    assertThat(((Caveat.Expiry) token.caveats().get(1)).epochSecond())
        .isEqualTo(Tokens.NOW.getEpochSecond() + 3600);
    assertThat(Tokens.verify(token).token()).isEqualTo(token);
  }

  @Test
  void aGrantIsAValue() {
    Grant base = Grant.to("agent").tools("a");
    Grant wider = base.tools("a", "b").maxCalls(5);
    assertThat(Tokens.mint(base).caveats()).hasSize(2);
    assertThat(Tokens.mint(wider).caveats()).hasSize(3);
  }

  @Test
  void whatIsOutOfRangeIsRefusedWithTheRange() {
    refused(() -> Grant.to(""), "subject is required");
    refused(
        () -> Grant.to("a").maxCalls(-1), "max_calls must be from 0 to 9007199254740991, not -1");
    refused(
        () -> Grant.to("a").ratePerMinute(1L << 53),
        "rate_per_min must be from 0 to 9007199254740991");
    refused(() -> Grant.to("a").maxCents(-1), "max_cents");
    refused(() -> Grant.to("a").riskMax(-1), "risk_max");
    refused(
        () -> Grant.to("a").expiresIn(Duration.ZERO),
        "ttl_seconds must be from 1 to 315360000, not 0");
    refused(() -> Grant.to("a").expiresIn(Duration.ofDays(3651)), "ttl_seconds");
    refused(() -> Grant.to("a").expiresIn(Duration.ofSeconds(Long.MAX_VALUE)), "ttl_seconds");
    refused(() -> Grant.to("\ud800"), "subject holds half a surrogate pair");
    refused(() -> Grant.to("a").servers(List.of("\udc00")), "servers");
  }

  private static void refused(Supplier<Grant> grant, String message) {
    TokenException e = catchThrowableOfType(TokenException.class, grant::get);
    assertThat(e).hasMessageStartingWith(message);
    assertThat(e.code()).isEqualTo(Code.INVALID_GRANT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "a[", "[]", "[a-]", "*\\", "[^]", "x*[a"})
  void malformedPatternsAreNotMintedAndNotAppended(String pattern) {
    CapabilityToken token = Tokens.mint(Grant.to("a"));
    for (Supplier<?> attempt :
        List.<Supplier<?>>of(
            () -> Grant.to("a").tools(pattern),
            () -> Grant.to("a").denyTools("x", pattern),
            () -> Grant.to("a").caveat(new Caveat.ToolDeny(List.of(pattern))),
            () -> token.attenuate(new Caveat.ToolAllow(List.of(pattern))))) {
      TokenException e = catchThrowableOfType(TokenException.class, attempt::get);
      assertThat(e.code()).as("B10").isEqualTo(Code.INVALID_PATTERN);
    }
  }

  @Test
  void whatCouldNotBeReadAgainIsNotMinted() {
    List<String> many = Collections.nCopies(5_000, "a_rather_long_tool_name");
    assertThatThrownBy(() -> Tokens.mint(Grant.to("a").tools(many)))
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("65536");
    CapabilityToken token = Tokens.mint(Grant.to("a"));
    assertThatThrownBy(() -> token.attenuate(new Caveat.AgentLock("\ud800")))
        .isInstanceOf(TokenException.class);
    assertThatThrownBy(() -> token.attenuate(Caveat.of("\ud800", CaveatMembers.NONE)))
        .isInstanceOf(TokenException.class);
  }

  @Test
  void whatIsIncompleteCannotBeAttenuated() {
    CapabilityToken token = Tokens.mint(Grant.to("a"));
    for (CapabilityToken broken :
        List.of(
            copy(token, "", "t", "z", token.signature()),
            copy(token, "r", "", "z", token.signature()),
            copy(token, "r", "t", "", token.signature()),
            copy(token, "r", "t", "z", "AA"),
            copy(token, "r", "t", "z", "!"))) {
      assertThatThrownBy(() -> broken.attenuate(new Caveat.MaxCalls(1)))
          .isInstanceOf(TokenException.class)
          .hasMessageStartingWith("cannot attenuate");
    }
  }

  private static CapabilityToken copy(
      CapabilityToken t, String rootId, String tenant, String zone, String signature) {
    return new CapabilityToken(
        4,
        t.id(),
        rootId,
        t.issuer(),
        tenant,
        zone,
        t.subject(),
        t.issuedAt(),
        0,
        t.caveats(),
        signature);
  }
}
