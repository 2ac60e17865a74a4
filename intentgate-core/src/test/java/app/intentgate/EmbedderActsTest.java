package app.intentgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a program does to its own gate, without operators. */
class EmbedderActsTest {
  private static final KillSwitchEntry STOP =
      new KillSwitchEntry(Scope.AGENT, "acme", "bot", "behaves oddly", Instant.EPOCH, "pat");

  private final MemoryAuditStore audit = new MemoryAuditStore();
  private final IntentGate gate =
      IntentGate.builder().policy(FixedPolicy.allowing()).audit(audit).build();
  private final CapabilityToken token = gate.mint(Grant.to("bot").tenant("acme"));

  private Decision read() {
    return gate.authorize(ToolCall.of("read_invoice").bearer(token));
  }

  @Test
  void an_agent_is_stopped_and_let_go_on_again_and_both_are_recorded() {
    assertThat(gate.engageKillSwitch(STOP)).isEqualTo(STOP);
    assertThat(read().reason()).isEqualTo("halted by kill switch (agent)");
    assertThat(gate.releaseKillSwitch(STOP)).isTrue();
    assertThat(read().allowed()).isTrue();
    assertThat(gate.releaseKillSwitch(STOP)).as("none is engaged any more").isFalse();

    AuditQuery acts = AuditQuery.builder().event(AuditEventNames.ADMIN).oldestFirst().build();
    assertThat(audit.query(acts).events())
        .extracting(stored -> tuple(stored.event().tool(), stored.event().principal()))
        .containsExactly(
            tuple("admin/mint", "embedder"),
            tuple("admin/kill-switch/engage", "embedder"),
            tuple("admin/kill-switch/release", "embedder"),
            tuple("admin/kill-switch/release", "embedder"));
  }

  @Test
  void what_was_stopped_stays_so_although_it_cannot_be_recorded() {
    audit.close();
    assertThatThrownBy(() -> gate.engageKillSwitch(STOP)).isInstanceOf(AuditException.class);
    assertThat(gate.killSwitches().engaged("acme", "bot")).isEqualTo(STOP);
    assertThatThrownBy(() -> gate.releaseKillSwitch(STOP)).isInstanceOf(AuditException.class);
    assertThat(gate.killSwitches().engaged("acme", "bot")).isEqualTo(STOP);

    assertThatThrownBy(() -> gate.revoke(token.id(), "lost")).isInstanceOf(AuditException.class);
    assertThat(gate.revocations().isRevoked("acme", token.id())).as("for all tenants").isTrue();
  }
}
