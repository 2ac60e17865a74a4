package app.intentgate.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.KillSwitchStoreContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryKillSwitchStoreTest extends KillSwitchStoreContract {
  private final KillSwitchStore store = new MemoryKillSwitchStore();

  @Override
  protected KillSwitchStore store() {
    return store;
  }

  @Test
  void a_switch_names_what_it_stops() {
    assertThatThrownBy(() -> entry(Scope.TENANT, "", ""))
        .hasMessage("tenant is required for a tenant kill");
    assertThatThrownBy(() -> entry(Scope.AGENT, "acme", ""))
        .hasMessage("value (agent id) is required for an agent kill");
  }

  private static KillSwitchEntry entry(Scope scope, String tenant, String agent) {
    return new KillSwitchEntry(scope, tenant, agent, "", Instant.EPOCH, "");
  }
}
