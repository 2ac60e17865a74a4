package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObserveModeTest {
  private static final String POLICY =
      "package intentgate.policy\ndefault decision := {\"allow\": false, \"reason\": \"no\"}\n"
          + "decision := {\"allow\": true, \"reason\": \"yes\"} if input.tool == \"read\"\n"
          + "decision := {\"allow\": false, \"escalate\": true, \"reason\": \"ask\"}"
          + " if input.tool == \"pay\"\n";

  private final MemoryKillSwitchStore killSwitches = new MemoryKillSwitchStore();
  private final IntentGate gate =
      IntentGate.builder()
          .policy(RegoPolicyEngine.compile("p.rego", POLICY, "test", Duration.ofSeconds(5)))
          .killSwitches(killSwitches)
          .onlyObserve(true)
          .build();

  private AuditEvent last() {
    return gate.audit().query(AuditQuery.all()).events().get(0).event();
  }

  private Decision call(String tool, CapabilityToken token) {
    return gate.authorize(ToolCall.of(tool, Map.of()).bearer(token));
  }

  @Test
  void what_would_be_refused_goes_on_and_is_recorded_as_what_it_would_have_been() {
    CapabilityToken token = gate.mint(Grant.to("bot").tools("read", "pay", "drop").maxCalls(1));
    assertThat(call("read", token)).isInstanceOf(Decision.Allow.class);
    assertThat(last().reason()).isEqualTo("yes");
    assertThat(call("drop", token)).isInstanceOf(Decision.Allow.class);
    assertThat(last().decision()).isEqualTo(AuditDecision.BLOCK);
    assertThat(last().check()).isEqualTo("policy");
    assertThat(last().reason()).isEqualTo("observe: no");
    assertThat(call("pay", token)).isInstanceOf(Decision.Allow.class);
    assertThat(last().decision()).isEqualTo(AuditDecision.ESCALATE);
    assertThat(last().pendingId()).isEmpty();
    assertThat(call("other", token)).isInstanceOf(Decision.Allow.class);
    assertThat(last().check()).isEqualTo("capability");
    assertThat(call("read", token)).isInstanceOf(Decision.Allow.class);
    assertThat(last().check()).isEqualTo("budget");
    assertThat(last().decision()).isEqualTo(AuditDecision.BLOCK);
  }

  @Test
  void who_the_caller_is_must_still_be_proved_and_a_halt_still_halts() {
    assertThat(gate.authorize(ToolCall.of("read", Map.of()))).isInstanceOf(Decision.Deny.class);
    CapabilityToken foreign = IntentGate.builder().build().mint(Grant.to("bot"));
    assertThat(call("read", foreign)).isInstanceOf(Decision.Deny.class);
    CapabilityToken token = gate.mint(Grant.to("bot"));
    gate.revoke(token.id(), "lost");
    assertThat(call("drop", token)).isInstanceOf(Decision.Deny.class);
    assertThat(last().reason()).isEqualTo("token revoked");
    CapabilityToken halted = gate.mint(Grant.to("bot").tools("read"));
    killSwitches.engage(
        new KillSwitchEntry(KillSwitchEntry.Scope.GLOBAL, "", "", "stop", Instant.now(), "x"));
    assertThat(call("other", halted)).isInstanceOf(Decision.Deny.class);
  }
}
