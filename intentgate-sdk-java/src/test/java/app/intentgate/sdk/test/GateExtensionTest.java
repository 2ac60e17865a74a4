package app.intentgate.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.check.CheckName;
import app.intentgate.sdk.ApprovalPending;
import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.GateClient;
import app.intentgate.token.CapabilityToken;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@GateTest(
    policy =
        "package intentgate.policy\n"
            + "default decision := {\"allow\": false, \"reason\": \"no\"}\n"
            + "decision := {\"allow\": true} if startswith(input.tool, \"read_\")\n"
            + "decision := {\"allow\": true, \"escalate\": true} if input.tool == \"pay\"\n")
class GateExtensionTest {
  private static final Set<TestGate> SEEN = new HashSet<>();

  @Test
  void aGateJudgesAndItsAuditIsAsserted(TestGate gate) {
    CapabilityToken token = gate.token("agent", "read_*", "pay", "delete");

    gate.assertAllowed(token, "read_a", Map.of());
    gate.assertDenied(CheckName.CAPABILITY, token, "other", Map.of());
    gate.assertDenied(CheckName.POLICY, token, "delete", Map.of());
    gate.assertEscalated(token, "pay", Map.of("amount", 1));
    gate.assertAudit("allow read_a", "block other", "block delete", "escalate pay");
    assertThat(SEEN.add(gate)).isTrue();
  }

  @Test
  void eachTestHasItsOwnGateButOnlyOne(TestGate gate, TestGate same) {
    assertThat(same).isSameAs(gate);
    assertThat(SEEN.add(gate)).isTrue();
    gate.assertAudit();
  }

  @Test
  void anAssertionThatFailsSaysWhatWasDecided(TestGate gate) {
    CapabilityToken token = gate.token("agent");

    assertThatThrownBy(() -> gate.assertAllowed(token, "delete", Map.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessage("the call of delete was to be allowed, and is refused by policy: no");
    assertThatThrownBy(() -> gate.assertDenied(CheckName.BUDGET, token, "delete", Map.of()))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> gate.assertEscalated(token, "read_a", Map.of()))
        .hasMessageContaining("and is allowed");
    assertThatThrownBy(() -> gate.assertAudit("allow read_a"))
        .hasMessageContaining("holds [block delete, block delete, allow read_a]");
  }

  @Test
  void aCallIsApprovedAndMade(TestGate gate) {
    GateClient client = gate.tool("pay", arguments -> "paid").client(gate.token("agent"));

    assertThatThrownBy(() -> client.call("pay", Map.of("id", 7)))
        .isInstanceOfSatisfying(
            ApprovalPending.class,
            pending -> {
              gate.approve(pending.pendingId());
              assertThat(
                      client
                          .call(
                              "pay",
                              Map.of("id", 7),
                              CallOptions.none().resuming(pending.pendingId()))
                          .text())
                  .isEqualTo("paid");
            });
    assertThatThrownBy(() -> gate.approve("nothing")).isInstanceOf(AssertionError.class);
  }

  @Nested
  class WithAPolicyOfItsOwn {
    @Test
    @GateTest(policy = "package intentgate.policy\ndecision := {\"allow\": true}\n")
    void theInnermostPolicyHolds(TestGate gate) {
      gate.assertAllowed(gate.token("agent"), "delete", Map.of());
    }
  }

  @Nested
  class Registered {
    @RegisterExtension
    final GateExtension extension = GateExtension.with(builder -> builder.approvals(null));

    @Test
    void settingsAreTheTests() {
      assertThat(extension).isNotNull();
    }
  }
}
