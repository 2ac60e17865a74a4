package app.intentgate.token;

import app.intentgate.json.JsonOutput;
import app.intentgate.text.WellFormed;
import java.util.List;

/**
 * What a caveat carries beside its type: every member the wire format knows, zero or empty when it
 * was left out. A member that does not belong to the caveat's type is signed all the same and
 * counts for nothing. Immutable and thread-safe.
 *
 * @param tools tool patterns of {@code tool_allow} and {@code tool_deny}
 * @param agent the agent of {@code agent_lock}; the proof of {@code step_up}
 * @param exp when an {@code exp} caveat ends, in seconds since 1970
 * @param maxCalls the limit of {@code max_calls}
 * @param stepUpAt when the person proved to be there, in seconds since 1970
 * @param callees agents of {@code callee_allow}
 * @param calleeZones zones of {@code callee_allow}
 * @param servers MCP servers of {@code mcp_allow}
 * @param ratePerMin the limit of {@code rate_limit}
 * @param maxCents the limit of {@code max_cost}
 * @param riskMax the limit of {@code risk_max}
 */
public record CaveatMembers(
    ToolPatterns tools,
    String agent,
    long exp,
    long maxCalls,
    long stepUpAt,
    List<String> callees,
    List<String> calleeZones,
    List<String> servers,
    long ratePerMin,
    long maxCents,
    long riskMax) {
  /** No members. */
  public static final CaveatMembers NONE =
      new CaveatMembers(ToolPatterns.NONE, "", 0, 0, 0, List.of(), List.of(), List.of(), 0, 0, 0);

  /** Copies the lists. */
  public CaveatMembers {
    callees = List.copyOf(callees);
    calleeZones = List.copyOf(calleeZones);
    servers = List.copyOf(servers);
  }

  static CaveatMembers tools(ToolPatterns patterns) {
    return new CaveatMembers(patterns, "", 0, 0, 0, List.of(), List.of(), List.of(), 0, 0, 0);
  }

  static CaveatMembers agent(String id) {
    return stepUp(0, id);
  }

  static CaveatMembers stepUp(long at, String proof) {
    return new CaveatMembers(
        ToolPatterns.NONE, proof, 0, 0, at, List.of(), List.of(), List.of(), 0, 0, 0);
  }

  static CaveatMembers lists(List<String> callees, List<String> zones, List<String> servers) {
    return new CaveatMembers(ToolPatterns.NONE, "", 0, 0, 0, callees, zones, servers, 0, 0, 0);
  }

  static CaveatMembers limits(long exp, long calls, long rate, long cents, long risk) {
    return new CaveatMembers(
        ToolPatterns.NONE, "", exp, calls, 0, List.of(), List.of(), List.of(), rate, cents, risk);
  }

  /** Refuses texts that nobody could read back (B6). */
  void requireWellFormed(String type) {
    boolean wellFormed = WellFormed.isWellFormed(type) && WellFormed.isWellFormed(agent);
    for (ToolPattern pattern : tools.patterns()) {
      wellFormed &= WellFormed.isWellFormed(pattern.text());
    }
    for (List<String> list : List.of(callees, calleeZones, servers)) {
      for (String item : list) {
        wellFormed &= WellFormed.isWellFormed(item);
      }
    }
    if (!wellFormed) {
      throw new TokenException(
          TokenException.Code.INVALID_GRANT, "a caveat's text holds half a surrogate pair");
    }
  }

  /**
   * Writes a caveat: its type, then the members that are not zero or empty, in the wire's order.
   */
  void write(String type, JsonOutput out) {
    out.beginObject().name("t").string(type);
    if (!tools.isEmpty()) {
      out.name("tools").beginArray();
      for (ToolPattern pattern : tools.patterns()) {
        out.string(pattern.text());
      }
      out.endArray();
    }
    if (!agent.isEmpty()) {
      out.name("agent").string(agent);
    }
    number("exp", exp, out);
    number("max_calls", maxCalls, out);
    number("step_up_at", stepUpAt, out);
    list("callees", callees, out);
    list("callee_zones", calleeZones, out);
    list("servers", servers, out);
    number("rate_per_min", ratePerMin, out);
    number("max_cents", maxCents, out);
    number("risk_max", riskMax, out);
    out.endObject();
  }

  private static void number(String name, long value, JsonOutput out) {
    if (value != 0) {
      out.name(name).number(value);
    }
  }

  private static void list(String name, List<String> items, JsonOutput out) {
    if (!items.isEmpty()) {
      out.name(name).beginArray();
      for (String item : items) {
        out.string(item);
      }
      out.endArray();
    }
  }
}
