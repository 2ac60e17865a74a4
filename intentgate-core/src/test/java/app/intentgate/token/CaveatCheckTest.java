package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.token.CaveatRefusal.Reason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaveatCheckTest {
  private static String text(CaveatRequest call, Caveat... caveats) {
    CaveatRefusal refusal = CaveatCheck.refusal(Tokens.verified(caveats), call);
    return refusal == null ? null : refusal.text();
  }

  @Test
  void timeIsAMatterOfAuthenticationAndToolsAreNot() {
    CapabilityToken later = Tokens.mint(Grant.to("agent").notBefore(Tokens.NOW.plusSeconds(1)));
    CaveatRefusal early = CaveatCheck.refusal(Tokens.verify(later), Tokens.call("x"));
    assertThat(early.text()).isEqualTo("token not yet valid (nbf in future)");
    assertThat(early.reason()).isEqualTo(Reason.NOT_YET_VALID);
    assertThat(early.isAuthenticationFailure()).isTrue();
    CaveatRefusal over =
        CaveatCheck.refusal(
            Tokens.verified(new Caveat.Expiry(Tokens.NOW.getEpochSecond())), Tokens.call("x"));
    assertThat(over).isEqualTo(new CaveatRefusal(Reason.EXPIRED, 0, "caveat 0 (exp): expired"));
    CaveatRefusal tool =
        CaveatCheck.refusal(Tokens.verified(new Caveat.ToolAllow(List.of("y"))), Tokens.call("x"));
    assertThat(tool.isAuthenticationFailure()).isFalse();
  }

  @Test
  void anUnknownRiskIsRefusedUnlessToldOtherwise() {
    Caveat ceiling = new Caveat.RiskMax(70);
    CaveatRequest call = Tokens.call("x");
    assertThat(text(call, ceiling))
        .as("B8")
        .isEqualTo("caveat 0 (risk_max): caller risk is unknown");
    assertThat(text(call.withUnknownRiskIgnored(true), ceiling)).isNull();
    assertThat(text(call.withRiskScore(70), ceiling)).isNull();
    assertThat(text(call.withRiskScore(71), ceiling))
        .isEqualTo("caveat 0 (risk_max): caller risk 71 exceeds token ceiling 70");
    assertThat(text(call, new Caveat.RiskMax(0))).as("0 turns it off").isNull();
  }

  @Test
  void calleesAreJudgedWhereAnAgentIsCalledAndNowhereElse() {
    Caveat onlyB = new Caveat.CalleeAllow(List.of("b"), List.of("finance"));
    CaveatRequest call = Tokens.call("agent:c");
    assertThat(text(call, onlyB)).isNull();
    assertThat(text(call.withCallee(new Callee("c", "hr")), onlyB))
        .isEqualTo(
            "caveat 0 (callee_allow): token does not permit calling agent \"c\" (zone \"hr\")");
    assertThat(text(call.withCallee(new Callee("c", "finance")), onlyB)).isNull();
    assertThat(text(call.withCallee(new Callee("b", "")), onlyB)).isNull();
    assertThat(
            text(
                call.withCallee(new Callee("b", "")),
                onlyB,
                new Caveat.CalleeAllow(List.of(), List.of())))
        .isEqualTo(
            "caveat 1 (callee_allow): token does not permit calling agent \"b\" (zone \"\")");
  }

  @Test
  void aListThatCannotBeReadPermitsNothing() {
    assertThat(text(Tokens.call("x"), new Caveat.ToolAllow(List.of("*", "["))))
        .as("B10")
        .isEqualTo("caveat 0 (tool_allow): tool \"x\" not in allowed set");
    assertThat(text(Tokens.call("x"), new Caveat.ToolDeny(List.of("other", "["))))
        .as("B10")
        .isEqualTo("caveat 0 (tool_deny): tool pattern \"[\" is malformed");
  }

  @Test
  void callsBetweenAgentsWithTheirOwnControlSkipToolsAndServers() {
    CaveatRequest call = Tokens.call("agent:b").withEastWest(true);
    assertThat(
            text(
                call,
                new Caveat.ToolAllow(List.of()),
                new Caveat.ToolDeny(List.of("*")),
                new Caveat.McpAllow(List.of())))
        .isNull();
  }

  @Test
  void aLongHostilePatternIsMatchedInTime() {
    String pattern = "*a".repeat(500) + "b";
    String name = "a".repeat(5_000);
    long start = System.nanoTime();
    assertThat(ToolPattern.of(pattern).matches(name)).isFalse();
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void timesFarAwayDoNotOverflow() {
    CaveatRequest call = CaveatRequest.of("x", "agent", Instant.MAX);
    assertThat(text(call, new Caveat.Expiry(Long.MAX_VALUE))).isNull();
    assertThat(text(call, new Caveat.Expiry(Long.MIN_VALUE))).isEqualTo("caveat 0 (exp): expired");
  }
}
