package app.intentgate.policy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.policy.lifecycle.PolicyChangeException.Code;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The usual values with which a program puts policies on its gate. */
class PolicyPartsTest extends PolicyGates {
  private final IntentGate gate = IntentGate.builder().build();
  private final PolicyService.Parts usual =
      PolicyService.Parts.of(
          new MemoryPolicyStore(Clock.systemUTC()), gate.policies(), gate.audit(), "gate-1");

  private static PolicyTarget promotion(PolicyService service) {
    PolicyDraft draft = service.drafts().create("", text(source("promoted")), "ann", SUPER);
    return PolicyTarget.promote(draft.id(), draft.at().number(), draft.at().sha256());
  }

  @Test
  void a_promotion_is_in_force_on_the_gate() {
    try (PolicyService service = PolicyService.start(usual)) {
      PolicyOutcome outcome = service.changes().change("", promotion(service), "ann", SUPER);
      assertThat(outcome.swapped()).isTrue();
      assertThat(outcome.slot().changeId()).hasSize(22);
      assertThat(gate.policies().forTenant("").evaluate(CALL).reason()).isEqualTo("promoted");
    }
    assertThat(usual.deadline()).isEqualTo(RegoPolicyEngine.DEFAULT_DEADLINE);
  }

  @Test
  void a_second_operator_can_be_required() {
    try (PolicyService service = PolicyService.start(usual.requiringApproval())) {
      PolicyTarget wish = promotion(service);
      PolicyChanges changes = service.changes();
      refused(Code.CONFLICT, () -> changes.change("", wish, "ann", SUPER));
      assertThat(changes.propose("", wish, "ann", SUPER).swapped()).isFalse();
      refused(Code.CONFLICT, () -> changes.approve("", "pat", null, "", SUPER));
      refused(Code.CONFLICT, () -> changes.approve("", "ann", null, "", OTHER));
      refused(Code.INVALID, () -> changes.approve("", " ", null, "", OTHER));
      assertThat(changes.approve("", "pat", null, "", OTHER).swapped()).isTrue();
    }
  }
}
