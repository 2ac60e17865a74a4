package app.intentgate.token;

import app.intentgate.text.GoText;
import app.intentgate.token.CaveatRefusal.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a call by a token's time and caveats (contract 1.6): in order, and the first that refuses
 * ends it. What has to be counted, {@link VerifiedToken#limits}, is judged where calls are charged.
 */
public final class CaveatCheck {
  private CaveatCheck() {}

  /** Why the token does not permit the call, or null when it does. */
  public static @Nullable CaveatRefusal refusal(VerifiedToken verified, CaveatRequest call) {
    CapabilityToken token = verified.token();
    if (token.notBefore() != 0 && call.epochSecond() < token.notBefore()) {
      return new CaveatRefusal(Reason.NOT_YET_VALID, -1, "token not yet valid (nbf in future)");
    }
    List<Caveat> caveats = token.caveats();
    for (int i = 0; i < caveats.size(); i++) {
      Caveat caveat = caveats.get(i);
      String text = judge(caveat, call);
      if (text != null) {
        return new CaveatRefusal(
            caveat instanceof Caveat.Expiry ? Reason.EXPIRED : Reason.NOT_PERMITTED,
            i,
            "caveat " + i + " (" + caveat.type() + "): " + text);
      }
    }
    return null;
  }

  /** Why the token does not permit to call an agent, or null when it does. */
  public static @Nullable String calleeRefusal(VerifiedToken verified, Callee callee) {
    for (Caveat caveat : verified.token().caveats()) {
      if (caveat instanceof Caveat.CalleeAllow allow && !allow.permits(callee)) {
        return calleeText(callee);
      }
    }
    return null;
  }

  private static @Nullable String judge(Caveat caveat, CaveatRequest call) {
    if (caveat instanceof Caveat.AgentLock c) {
      return agentLock(c, call);
    }
    if (caveat instanceof Caveat.Expiry c) {
      return expiry(c, call);
    }
    if (caveat instanceof Caveat.ToolAllow c) {
      return call.eastWest() ? null : toolAllow(c, call.tool());
    }
    if (caveat instanceof Caveat.ToolDeny c) {
      return call.eastWest() ? null : toolDeny(c, call.tool());
    }
    if (caveat instanceof Caveat.McpAllow c) {
      return call.eastWest() || c.permits(call.tool())
          ? null
          : "tool " + GoText.quote(call.tool()) + " not on an allowed MCP server";
    }
    if (caveat instanceof Caveat.CalleeAllow c) {
      Callee callee = call.callee();
      return callee == null || c.permits(callee) ? null : calleeText(callee);
    }
    if (caveat instanceof Caveat.RiskMax c) {
      return riskMax(c, call);
    }
    if (caveat instanceof Caveat.Unknown c) {
      return "unknown caveat type " + GoText.quote(c.type()) + " (deny by default)";
    }
    return negative(caveat);
  }

  /** What is counted elsewhere, or restricts nothing, is refused here only when it is nonsense. */
  private static @Nullable String negative(Caveat caveat) {
    if (caveat instanceof Caveat.StepUp c && c.epochSecond() < 0) {
      return "step_up caveat has negative step_up_at value";
    }
    if (caveat instanceof Caveat.RateLimit c && c.callsPerMinute() < 0) {
      return "rate_limit caveat has negative rate_per_min value";
    }
    if (caveat instanceof Caveat.MaxCost c && c.cents() < 0) {
      return "max_cost caveat has negative max_cents value";
    }
    return null;
  }

  private static @Nullable String agentLock(Caveat.AgentLock lock, CaveatRequest call) {
    if (lock.agent().isEmpty()) {
      return "agent_lock caveat missing agent value";
    }
    return lock.agent().equals(call.agent())
        ? null
        : "token bound to "
            + GoText.quote(lock.agent())
            + ", request from "
            + GoText.quote(call.agent());
  }

  private static @Nullable String expiry(Caveat.Expiry expiry, CaveatRequest call) {
    if (expiry.epochSecond() == 0) {
      return "expiry caveat missing exp value";
    }
    return call.epochSecond() < expiry.epochSecond() ? null : "expired";
  }

  private static @Nullable String toolAllow(Caveat.ToolAllow allow, String tool) {
    return !allow.tools().hasMalformed() && allow.tools().matches(tool)
        ? null
        : "tool " + GoText.quote(tool) + " not in allowed set";
  }

  private static @Nullable String toolDeny(Caveat.ToolDeny deny, String tool) {
    if (deny.tools().hasMalformed()) {
      return malformed(deny.tools());
    }
    return deny.tools().matches(tool) ? "tool " + GoText.quote(tool) + " is forbidden" : null;
  }

  /** A list that cannot be read permits nothing, whichever list it is (B10). */
  private static String malformed(ToolPatterns patterns) {
    for (ToolPattern pattern : patterns.patterns()) {
      if (pattern.isMalformed()) {
        return "tool pattern " + GoText.quote(pattern.text()) + " is malformed";
      }
    }
    throw new IllegalStateException("no malformed pattern");
  }

  private static @Nullable String riskMax(Caveat.RiskMax risk, CaveatRequest call) {
    if (risk.score() < 0) {
      return "risk_max caveat has negative risk_max value";
    }
    if (risk.score() == 0) {
      return null;
    }
    if (call.riskScore() < 0) {
      return call.ignoreUnknownRisk() ? null : "caller risk is unknown";
    }
    return call.riskScore() > risk.score()
        ? "caller risk " + call.riskScore() + " exceeds token ceiling " + risk.score()
        : null;
  }

  private static String calleeText(Callee callee) {
    return "token does not permit calling agent "
        + GoText.quote(callee.agent())
        + " (zone "
        + GoText.quote(callee.zone())
        + ")";
  }
}
