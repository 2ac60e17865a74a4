package app.intentgate.inventory;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Collects the agents that events tell of. Not thread-safe. */
public final class AgentInventory {
  private final Map<List<String>, Seen> agents = new LinkedHashMap<>();

  /** An inventory of nothing yet. */
  public AgentInventory() {}

  private static final class Seen {
    final TreeSet<String> tools = new TreeSet<>();
    final Set<String> sessions = new HashSet<>();
    long calls;
    long blocked;
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;

    void add(AuditEvent event) {
      tools.add(event.tool());
      calls++;
      if (event.decision() == AuditDecision.BLOCK) {
        blocked++;
      }
      if (!event.sessionId().isEmpty()) {
        sessions.add(event.sessionId());
      }
      first = first.isBefore(event.at()) ? first : event.at();
      last = last.isAfter(event.at()) ? last : event.at();
    }
  }

  /** Takes an event; one that is no call's decision is passed over. */
  public void add(AuditEvent event) {
    if (DecidedCalls.isCall(event)) {
      agents
          .computeIfAbsent(List.of(event.tenant(), event.agentId()), key -> new Seen())
          .add(event);
    }
  }

  /** The agents, the one seen last first. */
  public List<DiscoveredAgent> agents() {
    return agents.entrySet().stream()
        .map(entry -> agent(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(DiscoveredAgent::lastSeen)
                .reversed()
                .thenComparing(DiscoveredAgent::tenant)
                .thenComparing(DiscoveredAgent::agentId))
        .toList();
  }

  private static DiscoveredAgent agent(List<String> key, Seen seen) {
    return new DiscoveredAgent(
        key.get(1),
        key.get(0),
        List.copyOf(seen.tools),
        RiskSignals.of(key.get(1), seen.tools),
        seen.calls,
        seen.blocked,
        seen.first,
        seen.last,
        seen.sessions.size());
  }
}
