package app.intentgate.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of kill switches must do. */
public abstract class KillSwitchStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

  /** The store under test; the same one within a test. */
  protected abstract KillSwitchStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private KillSwitchEntry engage(KillSwitchEntry entry) {
    return await(store().engage(entry));
  }

  private static KillSwitchEntry entry(Scope scope, String tenant, String agent) {
    return new KillSwitchEntry(scope, tenant, agent, "incident", NOW, "pat");
  }

  @Test
  void nothing_is_engaged_at_first() {
    assertThat(store().engaged("acme", "bot")).isNull();
    assertThat(store().engaged("", "")).isNull();
    assertThat(store().list(null)).isEmpty();
  }

  @Test
  void the_most_specific_switch_is_found() {
    KillSwitchEntry global = engage(entry(Scope.GLOBAL, "", ""));
    KillSwitchEntry agent = engage(entry(Scope.AGENT, "acme", "bot"));
    assertThat(store().engaged("acme", "bot")).isEqualTo(agent);
    assertThat(store().engaged("acme", "other")).isEqualTo(global);
    assertThat(store().engaged("", "")).isEqualTo(global);
    KillSwitchEntry tenant = engage(entry(Scope.TENANT, "acme", ""));
    assertThat(store().engaged("acme", "other")).isEqualTo(tenant);
    assertThat(store().engaged("acme", "bot")).isEqualTo(agent);
    assertThat(store().engaged("globex", "bot")).isEqualTo(global);
  }

  @Test
  void an_agent_of_another_tenant_goes_on() {
    engage(entry(Scope.AGENT, "acme", "bot"));
    assertThat(store().engaged("globex", "bot")).isNull();
    assertThat(store().engaged("", "bot")).isNull();
  }

  @Test
  void a_released_switch_stops_nothing() {
    engage(entry(Scope.TENANT, "acme", ""));
    assertThat(store().engaged("globex", "bot")).isNull();
    assertThat(await(store().release(Scope.TENANT, "acme", ""))).isTrue();
    assertThat(store().engaged("acme", "bot")).isNull();
    assertThat(await(store().release(Scope.TENANT, "acme", ""))).isFalse();
    assertThat(await(store().release(Scope.AGENT, "acme", "never engaged"))).isFalse();
    assertThat(store().list(null)).isEmpty();
  }

  @Test
  void engaging_again_replaces_reason_and_name_and_keeps_the_time() {
    engage(entry(Scope.TENANT, "acme", ""));
    KillSwitchEntry again =
        engage(new KillSwitchEntry(Scope.TENANT, "acme", "", "worse", NOW.plusSeconds(9), "robin"));
    assertThat(again)
        .isEqualTo(new KillSwitchEntry(Scope.TENANT, "acme", "", "worse", NOW, "robin"));
    assertThat(store().engaged("acme", "")).isEqualTo(again);
    assertThat(store().list(null)).containsExactly(again);
  }

  @Test
  void a_switch_engaged_after_its_release_has_a_time_of_its_own() {
    engage(entry(Scope.GLOBAL, "", ""));
    await(store().release(Scope.GLOBAL, "", ""));
    KillSwitchEntry later =
        new KillSwitchEntry(Scope.GLOBAL, "", "", "again", NOW.plusSeconds(60), "pat");
    assertThat(engage(later)).isEqualTo(later);
    assertThat(store().engaged("", "")).isEqualTo(later);
  }

  @Test
  void the_newest_are_listed_first() {
    KillSwitchEntry older = engage(entry(Scope.TENANT, "acme", ""));
    KillSwitchEntry newer =
        engage(new KillSwitchEntry(Scope.TENANT, "globex", "", "", NOW.plusSeconds(1), ""));
    assertThat(store().list(null)).containsExactly(newer, older);
  }

  @Test
  void a_tenant_is_told_of_its_own_switches_and_of_the_global_one() {
    KillSwitchEntry tenant = engage(entry(Scope.TENANT, "acme", ""));
    KillSwitchEntry agent = engage(entry(Scope.AGENT, "acme", "bot"));
    KillSwitchEntry other = engage(entry(Scope.AGENT, "globex", "bot"));
    KillSwitchEntry global = engage(entry(Scope.GLOBAL, "", ""));
    assertThat(store().list("acme")).containsExactlyInAnyOrder(tenant, agent, global);
    assertThat(store().list("globex")).containsExactlyInAnyOrder(other, global);
    assertThat(store().list("nobody")).containsExactly(global);
    assertThat(store().list(null)).hasSize(4);
  }

  @Test
  void what_does_not_belong_to_the_scope_of_a_switch_is_no_part_of_it() {
    KillSwitchEntry global = engage(entry(Scope.GLOBAL, "acme", "bot"));
    KillSwitchEntry tenant = engage(entry(Scope.TENANT, "acme", "bot"));
    assertThat(global).isEqualTo(entry(Scope.GLOBAL, "", ""));
    assertThat(tenant).isEqualTo(entry(Scope.TENANT, "acme", ""));
    assertThat(store().list("globex")).containsExactly(entry(Scope.GLOBAL, "", ""));
    assertThat(store().engaged("acme", "other")).isEqualTo(tenant);
    assertThat(await(store().release(Scope.TENANT, "acme", "other"))).isTrue();
    assertThat(await(store().release(Scope.GLOBAL, "globex", "other"))).isTrue();
    assertThat(store().list(null)).isEmpty();
  }

  @Test
  void a_time_is_kept_to_the_microsecond() {
    Instant fine = Instant.parse("2026-01-01T00:00:00.123456789Z");
    KillSwitchEntry engaged =
        engage(new KillSwitchEntry(Scope.TENANT, "acme", "", "incident", fine, "pat"));
    assertThat(engaged.setAt()).isEqualTo(NOW);
    assertThat(store().list(null)).containsExactly(engaged);
  }

  @Test
  void any_text_is_a_name() {
    for (String text : new String[] {"'; drop table x; --", "a\u2028\uD83D\uDE00b", "%_\\"}) {
      KillSwitchEntry stands =
          engage(new KillSwitchEntry(Scope.AGENT, text, text, text, NOW, text));
      assertThat(store().engaged(text, text)).isEqualTo(stands);
    }
  }
}
