package app.intentgate.inventory;

import app.intentgate.audit.AuditEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws who calls what, from events. Not thread-safe. */
public final class FlowMap {
  private final String agentPrefix;
  private final Map<String, Map<Target, Flow>> flows = new TreeMap<>();
  private final Map<String, Boolean> nodes = new TreeMap<>();

  /**
   * An empty map.
   *
   * @param agentPrefix what the names of tools that are agents start with
   */
  public FlowMap(String agentPrefix) {
    this.agentPrefix = agentPrefix;
  }

  /** What is called: a tool and an agent may be of one name. */
  private record Target(String name, boolean eastWest) implements Comparable<Target> {
    private static final Comparator<Target> ORDER =
        Comparator.comparing(Target::name).thenComparing(Target::eastWest);

    @Override
    public int compareTo(Target other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Flow {
    final TreeSet<String> tenants = new TreeSet<>();
    long allow;
    long block;
    long escalate;
    Instant newest = Instant.MIN;
    String decidedAt = "";
    String reason = "";
    String callerZone = "";
    String calleeZone = "";

    void add(AuditEvent event) {
      switch (event.decision()) {
        case ALLOW -> allow++;
        case BLOCK -> block++;
        case ESCALATE -> escalate++;
      }
      if (!event.tenant().isEmpty()) {
        tenants.add(event.tenant());
      }
      if (!event.at().isBefore(newest)) {
        newest = event.at();
        decidedAt = event.check().isEmpty() ? "policy" : event.check();
        reason = event.ruleReason();
        callerZone = event.zone();
        calleeZone = event.calleeZone();
      }
    }
  }

  /** Takes an event; one that is no identified agent's call is passed over. */
  public void add(AuditEvent event) {
    if (!DecidedCalls.isCall(event) || event.agentId().isEmpty()) {
      return;
    }
    boolean eastWest =
        event.tool().startsWith(agentPrefix) && event.tool().length() > agentPrefix.length();
    String to = eastWest ? event.tool().substring(agentPrefix.length()) : event.tool();
    nodes.put(event.agentId(), true);
    nodes.merge(to, eastWest, Boolean::logicalOr);
    flows
        .computeIfAbsent(event.agentId(), key -> new TreeMap<>())
        .computeIfAbsent(new Target(to, eastWest), key -> new Flow())
        .add(event);
  }

  /**
   * The agents and tools so far, sorted, each with whether it is an agent; so is what is both. Does
   * not change.
   */
  public Map<String, Boolean> nodes() {
    return Collections.unmodifiableMap(new TreeMap<>(nodes));
  }

  /** The edges, sorted by where they come from and go to; to a tool before to an agent. */
  public List<FlowEdge> edges() {
    return flows.entrySet().stream()
        .flatMap(
            from ->
                from.getValue().entrySet().stream()
                    .map(to -> edge(from.getKey(), to.getKey(), to.getValue())))
        .toList();
  }

  private static FlowEdge edge(String from, Target to, Flow flow) {
    return new FlowEdge(
        from,
        to.name(),
        to.eastWest(),
        flow.allow,
        flow.block,
        flow.escalate,
        List.copyOf(flow.tenants),
        flow.decidedAt,
        flow.reason,
        flow.callerZone,
        flow.calleeZone);
  }
}
