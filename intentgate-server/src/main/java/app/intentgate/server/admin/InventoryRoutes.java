package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import app.intentgate.inventory.AgentInventory;
import app.intentgate.inventory.DiscoveredAgent;
import app.intentgate.inventory.FlowEdge;
import app.intentgate.inventory.FlowMap;
import app.intentgate.json.JsonOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The agents on the network and who calls what, as the audit log tells (admin contract 2.12). */
final class InventoryRoutes implements RouteGroup {
  private static final int MAX_AGENT_EVENTS = 10_000;
  private static final int MAX_FLOW_EVENTS = 1_000;

  private final IntentGate gate;
  private final String agentPrefix;

  InventoryRoutes(IntentGate gate, String agentPrefix) {
    this.gate = gate;
    this.agentPrefix = agentPrefix;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "GET /v1/admin/agents", this::agents,
        "GET /v1/admin/flow-map", this::flowMap,
        "GET /v1/admin/flow-map/recommend", this::recommend);
  }

  /** Takes the newest events, and says how many there were. */
  private int newest(String tenant, int limit, Consumer<StoredEvent> taker) {
    String cursor = null;
    int taken = 0;
    while (taken < limit) {
      AuditPage page =
          gate.audit()
              .query(
                  AuditQuery.builder()
                      .tenant(tenant)
                      .limit(Math.min(AuditQuery.MAX_LIMIT, limit - taken))
                      .cursor(cursor)
                      .build());
      page.events().forEach(taker);
      taken += page.events().size();
      cursor = page.nextCursor();
      if (cursor == null || page.events().isEmpty()) {
        break;
      }
    }
    return taken;
  }

  private void agents(AdminCall call) {
    AgentInventory inventory = new AgentInventory();
    int scanned =
        newest(call.tenantOfQuery(), MAX_AGENT_EVENTS, event -> inventory.add(event.event()));
    JsonOutput out = AdminCall.json().name("agents").beginArray();
    for (DiscoveredAgent agent : inventory.agents()) {
      out.beginObject().name("agent_id").string(agent.agentId());
      if (!agent.tenant().isEmpty()) {
        out.name("tenant").string(agent.tenant());
      }
      texts(out, "tools", agent.tools());
      texts(out, "risk_signals", agent.riskSignals());
      out.name("calls").number(agent.calls()).name("blocked").number(agent.blocked());
      out.name("first_seen").string(agent.firstSeen().toString());
      out.name("last_seen").string(agent.lastSeen().toString());
      out.name("session_count").number(agent.sessions()).endObject();
    }
    call.reply(out.endArray().name("events_scanned").number(scanned));
  }

  private void flowMap(AdminCall call) {
    int limit = (int) call.numberOfQuery("limit", MAX_FLOW_EVENTS, 1, MAX_FLOW_EVENTS);
    FlowMap map = new FlowMap(agentPrefix);
    int sampled = newest(call.tenantOfQuery(), limit, event -> map.add(event.event()));
    JsonOutput out = AdminCall.json().name("graph").beginObject().name("edges").beginArray();
    map.edges().forEach(edge -> write(out, edge));
    out.endArray().name("nodes").beginArray();
    map.nodes()
        .forEach(
            (id, agent) ->
                out.beginObject()
                    .name("id")
                    .string(id)
                    .name("kind")
                    .string(agent ? "agent" : "tool")
                    .endObject());
    out.endArray().endObject();
    call.reply(out.name("limit").number(limit).name("sampled").number(sampled));
  }

  private static void write(JsonOutput out, FlowEdge edge) {
    out.beginObject().name("from").string(edge.from()).name("to").string(edge.to());
    out.name("kind").string(edge.eastWest() ? "east_west" : "north_south");
    out.name("allow").number(edge.allow()).name("block").number(edge.block());
    out.name("escalate").number(edge.escalate()).name("total").number(edge.total());
    if (!edge.tenants().isEmpty()) {
      texts(out, "tenants", edge.tenants());
    }
    out.name("decided_at").string(edge.decidedAt());
    Members.text(out, "policy_reason", edge.reason());
    Members.text(out, "caller_zone", edge.callerZone());
    Members.text(out, "callee_zone", edge.calleeZone());
    out.endObject();
  }

  /** What would have to be allowed for the calls that were allowed to go on being so. */
  private void recommend(AdminCall call) {
    FlowMap map = new FlowMap(agentPrefix);
    int sampled = newest(call.tenantOfQuery(), MAX_FLOW_EVENTS, event -> map.add(event.event()));
    List<FlowEdge> pairs =
        map.edges().stream().filter(edge -> edge.eastWest() && edge.allow() > 0).toList();
    Map<String, TreeSet<String>> zoneTools = new TreeMap<>();
    TreeSet<String> unzoned = new TreeSet<>();
    for (FlowEdge edge : map.edges()) {
      if (edge.callerZone().isEmpty()) {
        unzoned.add(edge.from());
      } else if (!edge.eastWest() && edge.allow() > 0) {
        zoneTools.computeIfAbsent(edge.callerZone(), zone -> new TreeSet<>()).add(edge.to());
      }
    }
    JsonOutput out = AdminCall.json().name("eastwest_config").beginObject();
    pairs(out, pairs);
    out.endObject().name("recommendation").beginObject();
    out.name("allowed_edges").beginArray().endArray();
    pairs(out, pairs);
    out.name("group_tools").beginObject().endObject();
    out.name("intra_group_observed").bool(false);
    out.name("intra_zone_observed").bool(intraZone(pairs));
    out.name("ungrouped_agents").beginArray().endArray();
    texts(out, "unzoned_agents", List.copyOf(unzoned));
    out.name("zone_tools").beginObject();
    zoneTools.forEach((zone, tools) -> texts(out, zone, List.copyOf(tools)));
    out.endObject().endObject().name("sampled").number(sampled);
    out.name("zone_scope_config").beginObject().name("scopes").beginObject();
    zoneTools.forEach(
        (zone, tools) -> {
          out.name(zone).beginObject();
          texts(out, "tools", List.copyOf(tools));
          out.endObject();
        });
    call.reply(out.endObject().endObject());
  }

  private static boolean intraZone(List<FlowEdge> pairs) {
    return pairs.stream()
        .anyMatch(
            edge -> !edge.callerZone().isEmpty() && edge.callerZone().equals(edge.calleeZone()));
  }

  private static void pairs(JsonOutput out, List<FlowEdge> pairs) {
    out.name("allowed_pairs").beginArray();
    for (FlowEdge edge : pairs) {
      out.beginArray().string(edge.from()).string(edge.to()).endArray();
    }
    out.endArray();
  }

  private static void texts(JsonOutput out, String name, List<String> texts) {
    out.name(name).beginArray();
    texts.forEach(out::string);
    out.endArray();
  }
}
