package app.intentgate.inventory;

import static app.intentgate.inventory.Calls.blocked;
import static app.intentgate.inventory.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowMapTest {
  private static FlowMap map(AuditEvent... events) {
    FlowMap map = new FlowMap("agent:");
    for (AuditEvent event : events) {
      map.add(event);
    }
    return map;
  }

  @Test
  void calls_from_one_agent_to_one_tool_are_one_edge_with_their_decisions_counted() {
    FlowMap map =
        map(
            call("acme", "clerk", "pay", 1).build(),
            call("acme", "clerk", "pay", 2).build(),
            blocked("beta", "clerk", "pay", 3).ruleReason("too much").build(),
            call("acme", "clerk", "pay", 4)
                .decision(AuditDecision.ESCALATE)
                .check("policy")
                .build());

    assertThat(map.edges())
        .containsExactly(
            new FlowEdge(
                "clerk", "pay", false, 2, 1, 1, List.of("acme", "beta"), "policy", "", "", ""));
    assertThat(map.edges().get(0).total()).isEqualTo(4);
    assertThat(map.nodes()).isEqualTo(Map.of("clerk", true, "pay", false));
  }

  @Test
  void the_newest_call_says_what_decided_whatever_came_first() {
    AuditEvent old =
        blocked("acme", "clerk", "pay", 10).ruleReason("old").zone("z1").calleeZone("c1").build();
    AuditEvent young =
        blocked("acme", "clerk", "pay", 11)
            .check("budget")
            .ruleReason("young")
            .zone("z2")
            .calleeZone("c2")
            .build();

    for (FlowMap map : List.of(map(old, young), map(young, old))) {
      FlowEdge edge = map.edges().get(0);
      assertThat(edge.decidedAt()).isEqualTo("budget");
      assertThat(edge.reason()).isEqualTo("young");
      assertThat(edge.callerZone()).isEqualTo("z2");
      assertThat(edge.calleeZone()).isEqualTo("c2");
    }
  }

  @Test
  void of_two_calls_in_the_same_instant_the_one_told_of_later_counts() {
    FlowMap map =
        map(
            blocked("acme", "clerk", "pay", 10).ruleReason("first").build(),
            blocked("acme", "clerk", "pay", 10).ruleReason("second").build());

    assertThat(map.edges().get(0).reason()).isEqualTo("second");
  }

  @Test
  void an_allowed_call_was_decided_by_the_policy_the_last_that_looks_at_it() {
    assertThat(map(call("acme", "clerk", "read", 1).build()).edges().get(0).decidedAt())
        .isEqualTo("policy");
  }

  @Test
  void a_tool_with_the_prefix_is_an_agent() {
    FlowMap map =
        map(
            call("acme", "planner", "agent:clerk", 1).build(),
            call("acme", "clerk", "pay", 2).build(),
            call("acme", "planner", "agent:", 3).build(),
            call("acme", "planner", "my-agent:x", 4).build());

    assertThat(map.edges())
        .extracting(edge -> edge.from() + " > " + edge.to() + " " + edge.eastWest())
        .containsExactly(
            "clerk > pay false",
            "planner > agent: false",
            "planner > clerk true",
            "planner > my-agent:x false");
    assertThat(map.nodes())
        .containsEntry("clerk", true)
        .containsEntry("planner", true)
        .containsEntry("pay", false)
        .containsEntry("agent:", false);
  }

  @Test
  void an_agent_that_is_called_and_never_calls_is_an_agent_all_the_same() {
    FlowMap map =
        map(
            call("acme", "planner", "agent:silent", 1).build(),
            call("acme", "planner", "silent", 2).build());

    assertThat(map.nodes()).containsEntry("silent", true);
  }

  @Test
  void a_tool_and_an_agent_of_one_name_are_two_edges() {
    FlowMap map =
        map(
            call("acme", "planner", "clerk", 1).build(),
            blocked("acme", "planner", "agent:clerk", 2).build(),
            call("acme", "planner", "clerk", 3).build());

    assertThat(map.edges())
        .extracting(FlowEdge::to, FlowEdge::eastWest, FlowEdge::allow, FlowEdge::block)
        .containsExactly(tuple("clerk", false, 2L, 0L), tuple("clerk", true, 0L, 1L));
  }

  @Test
  void what_was_told_of_the_nodes_stays_as_it_was() {
    FlowMap map = map(call("acme", "clerk", "pay", 1).build());
    Map<String, Boolean> nodes = map.nodes();
    map.add(call("acme", "clerk", "read", 2).build());

    assertThat(nodes).isEqualTo(Map.of("clerk", true, "pay", false));
    assertThatThrownBy(nodes::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void who_is_not_known_and_what_is_no_call_is_not_drawn() {
    FlowMap map =
        map(
            call("acme", "", "pay", 1).build(),
            call("acme", "clerk", "pay", 2).phase(AuditPhase.OUTCOME).build(),
            call("acme", "clerk", "admin/kill", 3).build());

    assertThat(map.edges()).isEmpty();
    assertThat(map.nodes()).isEmpty();
  }

  @Test
  void calls_of_no_tenant_name_none() {
    assertThat(map(call("", "clerk", "pay", 1).build()).edges().get(0).tenants()).isEmpty();
  }
}
