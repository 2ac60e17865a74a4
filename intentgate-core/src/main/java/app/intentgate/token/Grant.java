package app.intentgate.token;

import app.intentgate.text.WellFormed;
import app.intentgate.token.TokenException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a token is minted for: an agent and what it may do. {@link #to} starts one that permits
 * everything forever; each method returns a copy with that restriction set. Called again it
 * replaces what was set before: {@code denyTools("a").denyTools("b")} denies b alone. Only {@link
 * #caveat} adds. Values are checked at once and refused with {@code INVALID_GRANT} or {@code
 * INVALID_PATTERN}; every numeric limit is 0 to {@link #MAX_LIMIT}. Immutable and thread-safe.
 */
public final class Grant {
  /** The longest life of a token (B50). */
  public static final Duration MAX_LIFE = Duration.ofDays(3650);

  /** The greatest limit: the last whole number that every JSON parser keeps (B50). */
  public static final long MAX_LIMIT = (1L << 53) - 1;

  private static final long UNSET = -1;

  private String subject = "";
  private String issuer = "intentgate";
  private String tenant = "default";
  private String zone = "default";
  private @Nullable Instant notBefore;
  private @Nullable Duration life;
  private @Nullable List<String> tools;
  private List<String> deniedTools = List.of();
  private @Nullable List<String> servers;
  private @Nullable List<String> callees;
  private List<String> calleeZones = List.of();
  private long maxCalls = UNSET;
  private long ratePerMinute = UNSET;
  private long maxCents = UNSET;
  private long riskMax = UNSET;
  private boolean stepUp;
  private List<Caveat> further = List.of();

  private Grant() {}

  /** A grant for an agent; its id must not be empty. */
  public static Grant to(String agent) {
    if (agent.isEmpty()) {
      throw new TokenException(Code.INVALID_GRANT, "subject is required");
    }
    return new Grant().with(g -> g.subject = text("subject", agent));
  }

  private Grant with(Consumer<Grant> change) {
    Grant g = new Grant();
    g.subject = subject;
    g.issuer = issuer;
    g.tenant = tenant;
    g.zone = zone;
    g.notBefore = notBefore;
    g.life = life;
    g.tools = tools;
    g.deniedTools = deniedTools;
    g.servers = servers;
    g.callees = callees;
    g.calleeZones = calleeZones;
    g.maxCalls = maxCalls;
    g.ratePerMinute = ratePerMinute;
    g.maxCents = maxCents;
    g.riskMax = riskMax;
    g.stepUp = stepUp;
    g.further = further;
    change.accept(g);
    return g;
  }

  /** Issued by this name instead of {@code intentgate}. */
  public Grant issuer(String name) {
    return with(g -> g.issuer = text("issuer", name));
  }

  /** For a tenant instead of {@code default}; empty means the default. */
  public Grant tenant(String id) {
    return with(g -> g.tenant = id.isEmpty() ? "default" : text("tenant", id));
  }

  /** For a zone instead of {@code default}; empty means the default. */
  public Grant zone(String name) {
    return with(g -> g.zone = name.isEmpty() ? "default" : text("zone", name));
  }

  /** Not valid before a time. */
  public Grant notBefore(Instant time) {
    return with(g -> g.notBefore = time);
  }

  /** Valid for so long after it is minted: from a second to {@link #MAX_LIFE}. */
  public Grant expiresIn(Duration duration) {
    if (duration.toSeconds() < 1 || duration.compareTo(MAX_LIFE) > 0) {
      throw new TokenException(
          Code.INVALID_GRANT,
          "ttl_seconds must be from 1 to "
              + MAX_LIFE.toSeconds()
              + ", not "
              + duration.toSeconds());
    }
    return with(g -> g.life = duration);
  }

  /** Only tools that match one of these {@linkplain ToolPattern patterns}; none means no tool. */
  public Grant tools(String... patterns) {
    return tools(List.of(patterns));
  }

  /** Only tools that match one of these {@linkplain ToolPattern patterns}; none means no tool. */
  public Grant tools(List<String> patterns) {
    return with(g -> g.tools = patterns(patterns));
  }

  /** No tools that match one of these {@linkplain ToolPattern patterns}. */
  public Grant denyTools(String... patterns) {
    return denyTools(List.of(patterns));
  }

  /** No tools that match one of these {@linkplain ToolPattern patterns}. */
  public Grant denyTools(List<String> patterns) {
    return with(g -> g.deniedTools = patterns(patterns));
  }

  /** Only tools of these MCP servers; none means no tool. */
  public Grant servers(List<String> names) {
    return with(g -> g.servers = texts("servers", names));
  }

  /** May call only these agents, and those of {@link #calleeZones}; none of both means nobody. */
  public Grant callees(List<String> agents) {
    return with(g -> g.callees = texts("callees", agents));
  }

  /** May call only agents of these zones, and those of {@link #callees}. */
  public Grant calleeZones(List<String> zones) {
    List<String> copy = texts("callee_zones", zones);
    return with(
        g -> {
          g.calleeZones = copy;
          g.callees = g.callees == null ? List.of() : g.callees;
        });
  }

  /** At most so many calls altogether; 0 means none. */
  public Grant maxCalls(long calls) {
    return with(g -> g.maxCalls = limit("max_calls", calls));
  }

  /** At most so many calls in any minute; 0 means none. */
  public Grant ratePerMinute(long calls) {
    return with(g -> g.ratePerMinute = limit("rate_per_min", calls));
  }

  /**
   * At most so much money altogether; 0 means none. A call whose cost neither the policy ({@code
   * cost_cents}) nor the gate's {@code costs} knows is refused, unless the gate ignores caveats
   * that cannot be enforced.
   */
  public Grant maxCents(long cents) {
    return with(g -> g.maxCents = limit("max_cents", cents));
  }

  /**
   * Not while the agent's risk score is higher; 0 means whatever it is. While no score is known
   * every call is refused, unless the gate ignores caveats that cannot be enforced.
   */
  public Grant riskMax(long score) {
    return with(g -> g.riskMax = limit("risk_max", score));
  }

  /** With the proof that the person behind the agent has just stepped up (B9). */
  public Grant stepUp() {
    return with(g -> g.stepUp = true);
  }

  /** With a further caveat, after all others. */
  public Grant caveat(Caveat caveat) {
    caveat.members().tools().orThrow();
    List<Caveat> more = new ArrayList<>(further);
    more.add(caveat);
    return with(g -> g.further = List.copyOf(more));
  }

  /** The agent's id. */
  public String subject() {
    return subject;
  }

  String issuer() {
    return issuer;
  }

  String tenant() {
    return tenant;
  }

  String zone() {
    return zone;
  }

  long notBefore() {
    return notBefore == null ? 0 : notBefore.getEpochSecond();
  }

  /** The caveats in the contract's order (1.8), for a token of an id that is minted now. */
  List<Caveat> caveats(MasterKey key, String tokenId, long now) {
    List<Caveat> caveats = new ArrayList<>();
    caveats.add(new Caveat.AgentLock(subject));
    if (life != null) {
      caveats.add(new Caveat.Expiry(Math.addExact(now, life.toSeconds())));
    }
    if (tools != null) {
      caveats.add(new Caveat.ToolAllow(tools));
    }
    if (!deniedTools.isEmpty()) {
      caveats.add(new Caveat.ToolDeny(deniedTools));
    }
    if (maxCalls != UNSET) {
      caveats.add(new Caveat.MaxCalls(maxCalls));
    }
    if (servers != null) {
      caveats.add(new Caveat.McpAllow(servers));
    }
    if (ratePerMinute != UNSET) {
      caveats.add(new Caveat.RateLimit(ratePerMinute));
    }
    if (maxCents != UNSET) {
      caveats.add(new Caveat.MaxCost(maxCents));
    }
    if (riskMax != UNSET) {
      caveats.add(new Caveat.RiskMax(riskMax));
    }
    if (stepUp) {
      caveats.add(new Caveat.StepUp(now, StepUpProof.of(key, tokenId, now)));
    }
    if (callees != null) {
      caveats.add(new Caveat.CalleeAllow(callees, calleeZones));
    }
    caveats.addAll(further);
    return caveats;
  }

  private static List<String> patterns(List<String> patterns) {
    ToolPatterns.of(texts("tools", patterns)).orThrow();
    return List.copyOf(patterns);
  }

  private static List<String> texts(String field, List<String> texts) {
    texts.forEach(t -> text(field, t));
    return List.copyOf(texts);
  }

  /** Lone surrogates cannot be read back (B6). */
  private static String text(String field, String text) {
    if (!WellFormed.isWellFormed(text)) {
      throw new TokenException(Code.INVALID_GRANT, field + " holds half a surrogate pair");
    }
    return text;
  }

  private static long limit(String field, long value) {
    if (value < 0 || value > MAX_LIMIT) {
      throw new TokenException(
          Code.INVALID_GRANT, field + " must be from 0 to " + MAX_LIMIT + ", not " + value);
    }
    return value;
  }
}
