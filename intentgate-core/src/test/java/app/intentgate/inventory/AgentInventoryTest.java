package app.intentgate.inventory;

import static app.intentgate.inventory.Calls.blocked;
import static app.intentgate.inventory.Calls.call;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentInventoryTest {
  private static List<DiscoveredAgent> agents(List<AuditEvent> events) {
    AgentInventory inventory = new AgentInventory();
    events.forEach(inventory::add);
    return inventory.agents();
  }

  private static DiscoveredAgent only(AuditEvent... events) {
    List<DiscoveredAgent> agents = agents(List.of(events));
    assertThat(agents).hasSize(1);
    return agents.get(0);
  }

  @Test
  void an_agent_is_told_of_by_all_its_calls() {
    DiscoveredAgent agent =
        only(
            call("acme", "clerk", "read_invoice", 30).sessionId("s1").build(),
            blocked("acme", "clerk", "pay_invoice", 10).sessionId("s2").build(),
            call("acme", "clerk", "read_invoice", 20).sessionId("s1").build(),
            call("acme", "clerk", "read_invoice", 25).build());

    assertThat(agent)
        .isEqualTo(
            new DiscoveredAgent(
                "clerk",
                "acme",
                List.of("pay_invoice", "read_invoice"),
                List.of("payment"),
                4,
                1,
                Instant.ofEpochSecond(10),
                Instant.ofEpochSecond(30),
                2));
  }

  @Test
  void an_escalated_call_is_a_call_and_was_not_refused() {
    DiscoveredAgent agent =
        only(call("acme", "clerk", "pay", 1).decision(AuditDecision.ESCALATE).build());

    assertThat(agent.calls()).isEqualTo(1);
    assertThat(agent.blocked()).isZero();
  }

  @Test
  void the_same_name_in_two_tenants_is_two_agents_and_the_one_seen_last_comes_first() {
    List<DiscoveredAgent> agents =
        agents(
            List.of(
                call("beta", "clerk", "read", 5).build(),
                call("acme", "clerk", "read", 5).build(),
                call("acme", "auditor", "read", 5).build(),
                call("acme", "late", "read", 6).build()));

    assertThat(agents)
        .extracting(agent -> agent.tenant() + "/" + agent.agentId())
        .containsExactly("acme/late", "acme/auditor", "acme/clerk", "beta/clerk");
  }

  @Test
  void what_was_said_of_an_agent_does_not_depend_on_the_order_of_the_events() {
    Random random = new Random(41);
    List<AuditEvent> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String agent = "agent-" + random.nextInt(6);
      String tool = "tool_" + random.nextInt(9);
      long second = random.nextInt(1_000);
      events.add(
          (random.nextInt(4) == 0
                  ? blocked("t", agent, tool, second)
                  : call("t", agent, tool, second))
              .sessionId(random.nextBoolean() ? "" : "s" + random.nextInt(5))
              .build());
    }
    List<DiscoveredAgent> expected = agents(events);

    assertThat(expected.stream().mapToLong(DiscoveredAgent::calls).sum()).isEqualTo(300);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(events, random);
      assertThat(agents(events)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void outcomes_operators_acts_and_other_events_are_no_calls() {
    assertThat(
            agents(
                List.of(
                    call("acme", "clerk", "read", 1).phase(AuditPhase.OUTCOME).build(),
                    call("acme", "root", "admin/mint", 2).build(),
                    call("acme", "clerk", "read", 3).event("intentgate.approval").build())))
        .isEmpty();
  }

  @Test
  void calls_without_a_token_are_an_agent_of_unknown_identity() {
    DiscoveredAgent agent = only(blocked("", "", "read", 1).build());

    assertThat(agent.agentId()).isEmpty();
    assertThat(agent.riskSignals()).containsExactly("unknown-identity");
  }

  @ParameterizedTest
  @CsvSource({
    "pay_invoice, payment",
    "PayInvoice, ''",
    "crm.Refund-Order, payment",
    "repay, ''",
    "prod_db, production-data",
    "produce_report, ''",
    "send_mail, outbound",
    "read/passport, regulated-data",
    "wire.customer.payroll.slack, outbound payment production-data regulated-data",
    "___, ''",
  })
  void a_tool_hints_at_something_by_a_whole_word_of_its_name(String tool, String signals) {
    assertThat(String.join(" ", only(call("t", "a", tool, 1).build()).riskSignals()))
        .isEqualTo(signals);
  }
}
