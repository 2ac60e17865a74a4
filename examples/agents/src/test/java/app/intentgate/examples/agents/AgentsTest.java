package app.intentgate.examples.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.examples.agents.approval.PatientAgent;
import app.intentgate.examples.agents.functions.FunctionCallingAgent;
import app.intentgate.examples.agents.functions.FunctionCallingAgent.Message;
import app.intentgate.examples.agents.functions.FunctionCallingAgent.ToolCall;
import app.intentgate.examples.agents.plain.PlainAgent;
import app.intentgate.examples.agents.subagent.Coordinator;
import app.intentgate.sdk.BudgetDenied;
import app.intentgate.sdk.CapabilityDenied;
import app.intentgate.sdk.IntentGateClient;
import app.intentgate.token.CapabilityToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agents without a framework, each against a gate as it is served. */
@Timeout(60)
class AgentsTest {
  @TempDir Path folder;
  private RealGate gate;

  @BeforeEach
  void start() throws Exception {
    gate = new RealGate(folder);
  }

  @AfterEach
  void stop() {
    gate.close();
  }

  @Test
  void thePlainAgentReadsTheDecisionFromAHeader() throws Exception {
    PlainAgent agent = new PlainAgent(gate.url(), gate.token("plain").encode());

    PlainAgent.Answer read = agent.call("read_invoice", "{\"id\":7}", "what is on invoice 7?");
    assertThat(read.decision()).isEqualTo("allow");
    assertThat(read.body()).contains("invoice 7: 120 EUR");
    assertThat(read.callId()).hasSize(22);

    assertThat(agent.call("delete_invoice", "{\"id\":7}", "delete it"))
        .satisfies(
            answer -> {
              assertThat(answer.decision()).isEqualTo("block");
              assertThat(answer.body()).contains("no rule allows this tool");
            });
    assertThat(agent.call("pay_invoice", "{\"id\":7,\"amount\":5000}", "pay").decision())
        .isEqualTo("escalate");
    assertThat(new PlainAgent(gate.url(), "AAAA").call("read_invoice", "{}", "x").decision())
        .isEqualTo("block");
    assertThat(gate.tools.done).containsExactly("invoice 7: 120 EUR");
  }

  /** Makes the calls of a script, then says what came of them. */
  private static FunctionCallingAgent.Model scripted(Script script) {
    return conversation -> {
      List<String> answers =
          conversation.stream()
              .filter(message -> message.role().equals("tool"))
              .map(Message::content)
              .toList();
      if (answers.size() == script.steps().size()) {
        return new Message("assistant", String.join("\n", answers), List.of(), "");
      }
      Script.Step step = script.steps().get(answers.size());
      ToolCall call = new ToolCall("call-" + answers.size(), step.tool(), step.arguments());
      return new Message("assistant", "", List.of(call), "");
    };
  }

  @Test
  void theFunctionCallingAgentsModelReadsWhyACallWasRefused() {
    try (IntentGateClient client = gate.client(gate.token("functions"))) {
      List<Message> conversation =
          new FunctionCallingAgent(client, scripted(Script.INVOICES))
              .answer("settle invoice 7", "task-7");

      assertThat(conversation).filteredOn(m -> m.role().equals("tool")).hasSize(4);
      assertThat(conversation.get(conversation.size() - 1).content().lines())
          .satisfiesExactly(
              read -> assertThat(read).isEqualTo("invoice 7: 120 EUR"),
              paid -> assertThat(paid).isEqualTo("paid 120 EUR on invoice 7"),
              waits -> assertThat(waits).contains("approval of a person").contains("make exactly"),
              refused -> assertThat(refused).contains("no rule allows this tool"));
    }
    assertThat(gate.decisions())
        .containsExactly(
            "allow read_invoice",
            "allow pay_invoice",
            "escalate pay_invoice",
            "block delete_invoice");
    assertThat(gate.tools.done).hasSize(2);
  }

  @Test
  void aModelThatWritesNoJsonIsToldSoAndNothingIsCalled() {
    Script broken = new Script(List.of(new Script.Step("read_invoice", "{id:7")));
    try (IntentGateClient client = gate.client(gate.token("functions"))) {
      List<Message> conversation =
          new FunctionCallingAgent(client, scripted(broken)).answer("read it", "task-8");
      assertThat(conversation.get(2).content()).contains("no JSON object");
    }
    assertThat(gate.decisions()).isEmpty();
  }

  @Test
  void aSubAgentCanDoLessAndNothingWidensItAgain() {
    CapabilityToken token = gate.token("coordinator", "read_*", "pay_invoice");
    Coordinator coordinator = new Coordinator(gate.url(), token);

    assertThat(coordinator.settle(7, 120))
        .isEqualTo("invoice 7: 120 EUR; paid 120 EUR on invoice 7");

    CapabilityToken reader = coordinator.forReader(2);
    try (IntentGateClient sub = gate.client(reader)) {
      assertThatThrownBy(() -> sub.call("pay_invoice", Map.of("id", 7, "amount", 1)))
          .isInstanceOf(CapabilityDenied.class)
          .hasMessageContaining("not in allowed set");
    }
    Coordinator.read(gate.url(), reader, 8);
    Coordinator.read(gate.url(), reader, 9);
    assertThatThrownBy(() -> Coordinator.read(gate.url(), reader, 10))
        .isInstanceOf(BudgetDenied.class);
    gate.server.gate().revoke(token.id(), "over");
    assertThatThrownBy(() -> Coordinator.read(gate.url(), coordinator.forReader(5), 9))
        .isInstanceOf(CapabilityDenied.class)
        .hasMessageContaining("revoked");
  }

  @Test
  void thePatientAgentPaysOnceAPersonHasAgreed() {
    try (IntentGateClient client = gate.client(gate.token("patient"))) {
      PatientAgent agreed = new PatientAgent(client, id -> gate.decide(id, true));
      PatientAgent refused = new PatientAgent(client, id -> gate.decide(id, false));

      assertThat(agreed.pay(7, 5000, Duration.ofSeconds(30)))
          .isEqualTo("paid 5000 EUR on invoice 7");
      assertThat(refused.pay(8, 5000, Duration.ofSeconds(30))).startsWith("not paid: ");
      assertThat(agreed.pay(9, 100, Duration.ZERO)).isEqualTo("paid 100 EUR on invoice 9");
    }
    assertThat(gate.tools.done)
        .containsExactly("paid 5000 EUR on invoice 7", "paid 100 EUR on invoice 9");
  }

  @Test
  void aPaymentIsResumedByItsId() {
    List<String> waiting = new ArrayList<>();
    try (IntentGateClient client = gate.client(gate.token("patient"))) {
      PatientAgent agent = new PatientAgent(client, waiting::add);

      assertThat(agent.pay(7, 5000, Duration.ZERO)).startsWith("still waiting as ");
      gate.decide(waiting.get(0), true);

      assertThat(agent.resume(7, 5000, waiting.get(0), Duration.ofSeconds(10)))
          .isEqualTo("paid 5000 EUR on invoice 7");
      assertThat(agent.resume(7, 5000, waiting.get(0), Duration.ZERO))
          .as("an approval is good once")
          .startsWith("not paid");
    }
    assertThat(gate.tools.done).hasSize(1);
  }
}
