package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryRevocationStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final MemoryRevocationStore revocations = new MemoryRevocationStore();
  private final MemoryKillSwitchStore switches = new MemoryKillSwitchStore();

  @Test
  void one_tenants_revocation_does_not_touch_another() {
    revocations.revoke(new Revocation("jti", "acme", NOW, ""));
    assertThat(revocations.isRevoked("acme", "jti")).isTrue();
    assertThat(revocations.isRevoked("globex", "jti")).isFalse();
  }

  @Test
  void a_global_revocation_holds_for_all() {
    revocations.revoke(new Revocation("jti", Revocation.EVERY_TENANT, NOW, ""));
    assertThat(revocations.isRevoked("acme", "jti")).isTrue();
  }

  @Test
  void revoking_again_replaces_the_reason_and_keeps_the_time() {
    revocations.revoke(new Revocation("jti", "acme", NOW, "lost"));
    revocations.revoke(new Revocation("jti", "acme", NOW.plusSeconds(5), "stolen"));
    assertThat(revocations.list(null, 10, 0))
        .containsExactly(new Revocation("jti", "acme", NOW, "stolen"));
  }

  @Test
  void chains_are_hashed_only_once_a_chain_id_is_listed() {
    revocations.revoke(new Revocation("a-jti-of-22-characters", "acme", NOW, ""));
    assertThat(revocations.listsChainIds()).isFalse();
    revocations.revoke(new Revocation("c".repeat(43), "acme", NOW, ""));
    assertThat(revocations.listsChainIds()).isTrue();
  }

  @Test
  void the_most_specific_switch_is_found() {
    switches.engage(entry(Scope.GLOBAL, "", ""));
    switches.engage(entry(Scope.AGENT, "acme", "bot"));
    assertThat(switches.engaged("acme", "bot")).isEqualTo(entry(Scope.AGENT, "acme", "bot"));
    assertThat(switches.engaged("acme", "other")).isEqualTo(entry(Scope.GLOBAL, "", ""));
    assertThat(switches.engaged("", "")).isEqualTo(entry(Scope.GLOBAL, "", ""));
  }

  @Test
  void a_released_switch_stops_nothing() {
    switches.engage(entry(Scope.TENANT, "acme", ""));
    assertThat(switches.engaged("globex", "bot")).isNull();
    assertThat(switches.release(Scope.TENANT, "acme", "").toCompletableFuture().join()).isTrue();
    assertThat(switches.engaged("acme", "bot")).isNull();
    assertThat(switches.release(Scope.TENANT, "acme", "").toCompletableFuture().join()).isFalse();
  }

  @Test
  void a_switch_names_what_it_stops() {
    assertThatThrownBy(() -> entry(Scope.TENANT, "", ""))
        .hasMessage("tenant is required for a tenant kill");
    assertThatThrownBy(() -> entry(Scope.AGENT, "acme", ""))
        .hasMessage("value (agent id) is required for an agent kill");
  }

  private static KillSwitchEntry entry(Scope scope, String tenant, String agent) {
    return new KillSwitchEntry(scope, tenant, agent, "", NOW, "");
  }
}
