package app.intentgate.token;

import java.util.List;

/**
 * One restriction of a token. Its {@link #type} says how it is judged, its {@link #members} are
 * what is signed. A type nobody knows denies every call. Instances are immutable and thread-safe.
 */
public sealed interface Caveat {
  /** The caveat's type, {@code t} on the wire. */
  String type();

  /** All that is signed beside the type. */
  CaveatMembers members();

  /** The caveat of a type, which may be unknown, with the members it came with. */
  static Caveat of(String type, CaveatMembers members) {
    return switch (type) {
      case AgentLock.TYPE -> new AgentLock(members);
      case Expiry.TYPE -> new Expiry(members);
      case ToolAllow.TYPE -> new ToolAllow(members);
      case ToolDeny.TYPE -> new ToolDeny(members);
      case McpAllow.TYPE -> new McpAllow(members);
      case MaxCalls.TYPE -> new MaxCalls(members);
      case StepUp.TYPE -> new StepUp(members);
      case CalleeAllow.TYPE -> new CalleeAllow(members);
      case RateLimit.TYPE -> new RateLimit(members);
      case MaxCost.TYPE -> new MaxCost(members);
      case RiskMax.TYPE -> new RiskMax(members);
      default -> new Unknown(type, members);
    };
  }

  /** Only this agent may use the token. */
  record AgentLock(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "agent_lock";

    /** Only this agent. */
    public AgentLock(String agent) {
      this(CaveatMembers.agent(agent));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The agent's id; empty means nobody. */
    public String agent() {
      return members.agent();
    }
  }

  /** The token ends. */
  record Expiry(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "exp";

    /** Ends at a time in seconds since 1970, which is the first second it is no longer valid. */
    public Expiry(long epochSecond) {
      this(CaveatMembers.limits(epochSecond, 0, 0, 0, 0));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The first second in which the token is no longer valid; 0 means never valid. */
    public long epochSecond() {
      return members.exp();
    }
  }

  /** Only tools that match a pattern. */
  record ToolAllow(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "tool_allow";

    /** Only tools that match one of these. */
    public ToolAllow(List<String> patterns) {
      this(CaveatMembers.tools(ToolPatterns.of(patterns)));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The patterns; none means no tool. */
    public ToolPatterns tools() {
      return members.tools();
    }
  }

  /** No tool that matches a pattern. */
  record ToolDeny(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "tool_deny";

    /** No tool that matches one of these. */
    public ToolDeny(List<String> patterns) {
      this(CaveatMembers.tools(ToolPatterns.of(patterns)));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The patterns. */
    public ToolPatterns tools() {
      return members.tools();
    }
  }

  /** Only tools of these MCP servers. */
  record McpAllow(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "mcp_allow";

    /** Only tools of these servers. */
    public McpAllow(List<String> servers) {
      this(CaveatMembers.lists(List.of(), List.of(), servers));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The names of the servers; none means no tool. */
    public List<String> servers() {
      return members.servers();
    }

    /** Whether a tool is one of theirs: named as a server, or as one and {@code .}, : or /. */
    public boolean permits(String tool) {
      for (String server : servers()) {
        if (!server.isEmpty() && tool.startsWith(server)) {
          int end = server.length();
          if (tool.length() == end || ".:/".indexOf(tool.charAt(end)) >= 0) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** So many calls over the whole life of the token. */
  record MaxCalls(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "max_calls";

    /** So many calls; 0 means none. */
    public MaxCalls(long calls) {
      this(CaveatMembers.limits(0, calls, 0, 0, 0));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** How many calls. */
    public long calls() {
      return members.maxCalls();
    }
  }

  /** When the person behind the agent last proved to be there. It restricts nothing by itself. */
  record StepUp(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "step_up";

    /** A step-up at a time in seconds since 1970, with the proof that a gate minted it, or "". */
    public StepUp(long epochSecond, String proof) {
      this(CaveatMembers.stepUp(epochSecond, proof));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** When it was, in seconds since 1970. */
    public long epochSecond() {
      return members.stepUpAt();
    }

    /** What proves that a gate minted it (B9). */
    public String proof() {
      return members.agent();
    }
  }

  /** Only these agents, and agents of these zones, may be called. */
  record CalleeAllow(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "callee_allow";

    /** Only these agents and these zones. */
    public CalleeAllow(List<String> agents, List<String> zones) {
      this(CaveatMembers.lists(agents, zones, List.of()));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The agents. */
    public List<String> callees() {
      return members.callees();
    }

    /** The zones. */
    public List<String> calleeZones() {
      return members.calleeZones();
    }

    /** Whether an agent of a zone may be called. */
    public boolean permits(Callee callee) {
      return callees().contains(callee.agent()) || calleeZones().contains(callee.zone());
    }
  }

  /** So many calls in any minute. */
  record RateLimit(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "rate_limit";

    /** So many calls in any minute; 0 means none. */
    public RateLimit(long callsPerMinute) {
      this(CaveatMembers.limits(0, 0, callsPerMinute, 0, 0));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** How many calls. */
    public long callsPerMinute() {
      return members.ratePerMin();
    }
  }

  /** So much money over the whole life of the token. */
  record MaxCost(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "max_cost";

    /** So many cents; 0 means none. */
    public MaxCost(long cents) {
      this(CaveatMembers.limits(0, 0, 0, cents, 0));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** How many cents. */
    public long cents() {
      return members.maxCents();
    }
  }

  /** No call of an agent whose risk score is higher. */
  record RiskMax(CaveatMembers members) implements Caveat {
    /** The type on the wire. */
    public static final String TYPE = "risk_max";

    /** No higher score than this; 0 turns the caveat off. */
    public RiskMax(long score) {
      this(CaveatMembers.limits(0, 0, 0, 0, score));
    }

    @Override
    public String type() {
      return TYPE;
    }

    /** The highest score. */
    public long score() {
      return members.riskMax();
    }
  }

  /** A caveat of a type that this gate does not know, which denies. */
  record Unknown(String type, CaveatMembers members) implements Caveat {}
}
