package app.intentgate.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The call that a token's caveats are judged against. Immutable; start with {@link #of}.
 *
 * @param tool the tool that is called
 * @param agent the agent that calls
 * @param epochSecond the time, in seconds since 1970
 * @param callee the agent that is called, when the tool is one; {@code callee_allow} judges it
 * @param eastWest whether calls between agents have a control of their own, so that {@code
 *     tool_allow}, {@code tool_deny} and {@code mcp_allow} do not judge this one
 * @param riskScore the caller's risk score, or {@link #UNKNOWN_RISK}
 * @param ignoreUnknownRisk whether a {@code risk_max} caveat passes while no score is known
 */
public record CaveatRequest(
    String tool,
    String agent,
    long epochSecond,
    @Nullable Callee callee,
    boolean eastWest,
    long riskScore,
    boolean ignoreUnknownRisk) {
  /** No score is known. */
  public static final long UNKNOWN_RISK = -1;

  /** A call of a tool by an agent, at a time; no other agent is called and no risk is known. */
  public static CaveatRequest of(String tool, String agent, Instant now) {
    return new CaveatRequest(tool, agent, now.getEpochSecond(), null, false, UNKNOWN_RISK, false);
  }

  /** The same call, with the agent that is called. */
  public CaveatRequest withCallee(Callee called) {
    return new CaveatRequest(
        tool, agent, epochSecond, called, eastWest, riskScore, ignoreUnknownRisk);
  }

  /** The same call, where calls between agents have a control of their own. */
  public CaveatRequest withEastWest(boolean control) {
    return new CaveatRequest(
        tool, agent, epochSecond, callee, control, riskScore, ignoreUnknownRisk);
  }

  /** The same call by an agent of this risk score, at least 0. */
  public CaveatRequest withRiskScore(long score) {
    return new CaveatRequest(tool, agent, epochSecond, callee, eastWest, score, ignoreUnknownRisk);
  }

  /** The same call, where {@code risk_max} passes while no score is known. */
  public CaveatRequest withUnknownRiskIgnored(boolean ignore) {
    return new CaveatRequest(tool, agent, epochSecond, callee, eastWest, riskScore, ignore);
  }
}
