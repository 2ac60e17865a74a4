package app.intentgate.jdbc.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.json.JsonArray;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever changes nothing wakes nobody: a version that no row has would make every gate read all
 * the rows of the topic anew.
 */
class UnchangedTopicTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static long version(Database database, String topic) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT version FROM ig_feed_heads WHERE topic = :topic")
                .bind("topic", topic)
                .mapTo(Long.class)
                .one());
  }

  @ParameterizedTest
  @EnumSource
  void a_pin_that_was_replaced_by_another_gate_already(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        SqlState state = SqlState.open(database)) {
      ToolDefinition one = new ToolDefinition("1".repeat(64), "{\"name\":\"a\"}");
      ToolDefinition two = new ToolDefinition("2".repeat(64), "{\"name\":\"b\"}");
      ToolPin pin = new ToolPin("sap", "a", one, one, PinStatus.ACCEPTED, NOW);
      ToolPin changed = new ToolPin("sap", "a", two, one, PinStatus.QUARANTINED, NOW);
      assertThat(await(state.pins().replace(null, pin))).isTrue();
      assertThat(await(state.pins().replace(pin, changed))).isTrue();
      assertThat(version(database, "tool_pins")).isEqualTo(2);

      assertThat(await(state.pins().replace(null, pin))).isFalse();
      assertThat(await(state.pins().replace(pin, changed))).isFalse();

      assertThat(version(database, "tool_pins")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_operator_who_is_there_or_was_changed_already(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        SqlState state = SqlState.open(database)) {
      OperatorAccount account =
          new OperatorAccount(
              "op1",
              "Olga",
              Role.OPERATOR,
              "acme",
              "olga",
              NOW,
              null,
              null,
              TokenHash.of("a token"),
              null);
      await(state.operators().create(account));
      OperatorAccount revoked =
          new OperatorAccount(
              "op1",
              "Olga",
              Role.OPERATOR,
              "acme",
              "olga",
              NOW,
              null,
              NOW,
              TokenHash.of("a token"),
              null);
      assertThat(await(state.operators().replace(account, revoked))).isTrue();
      assertThat(version(database, "operators")).isEqualTo(2);

      assertThatThrownBy(() -> await(state.operators().create(account)))
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(await(state.operators().replace(account, revoked))).isFalse();

      assertThat(version(database, "operators")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_kill_switch_that_is_not_engaged(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        SqlState state = SqlState.open(database)) {
      await(
          state
              .killSwitches()
              .engage(new KillSwitchEntry(Scope.TENANT, "acme", "", "why", NOW, "olga")));
      assertThat(await(state.killSwitches().release(Scope.TENANT, "acme", ""))).isTrue();
      assertThat(version(database, "kill_switches")).isEqualTo(2);

      assertThat(await(state.killSwitches().release(Scope.TENANT, "acme", ""))).isFalse();
      assertThat(await(state.killSwitches().release(Scope.GLOBAL, "", ""))).isFalse();

      assertThat(version(database, "kill_switches")).isEqualTo(2);
      await(
          state
              .killSwitches()
              .engage(new KillSwitchEntry(Scope.TENANT, "acme", "", "why", NOW, "olga")));
      assertThat(version(database, "kill_switches")).isEqualTo(3);
      assertThat(state.killSwitches().engaged("acme", "a")).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_kill_switch_that_is_engaged_so_already(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        SqlState state = SqlState.open(database)) {
      KillSwitchEntry first = new KillSwitchEntry(Scope.TENANT, "acme", "", "why", NOW, "olga");
      KillSwitchEntry later =
          new KillSwitchEntry(Scope.TENANT, "acme", "", "why", NOW.plusSeconds(9), "olga");
      await(state.killSwitches().engage(first));
      assertThat(await(state.killSwitches().engage(later))).isEqualTo(first);
      assertThat(version(database, "kill_switches")).isEqualTo(1);

      KillSwitchEntry other =
          new KillSwitchEntry(Scope.TENANT, "acme", "", "why", NOW.plusSeconds(9), "piet");
      assertThat(await(state.killSwitches().engage(other)).setBy()).isEqualTo("piet");
      assertThat(version(database, "kill_switches")).isEqualTo(2);
      assertThat(state.killSwitches().list("acme"))
          .containsExactly(new KillSwitchEntry(Scope.TENANT, "acme", "", "why", NOW, "piet"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_token_that_is_revoked_for_that_reason_already(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        SqlState state = SqlState.open(database)) {
      Revocation first = new Revocation("jti", "acme", NOW, "why");
      await(state.revocations().revoke(first));
      assertThat(
              await(
                  state
                      .revocations()
                      .revoke(new Revocation("jti", "acme", NOW.plusSeconds(9), "why"))))
          .isEqualTo(first);
      assertThat(version(database, "revocations")).isEqualTo(1);

      Revocation better = new Revocation("jti", "acme", NOW, "a better reason");
      assertThat(await(state.revocations().revoke(better))).isEqualTo(better);
      assertThat(version(database, "revocations")).isEqualTo(2);
      assertThat(state.revocations().isRevoked("acme", "jti")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_draft_that_is_there_or_has_gone_further_already(TestDatabase kind) {
    try (Database database = Migrated.create(kind, directory);
        SqlState state = SqlState.open(database)) {
      PolicyDraft draft = new PolicyDraft("d1", "acme", "dana", NOW, revision(1));
      state.policies().create(draft);
      assertThat(state.policies().revise(revision(2), "acme")).isTrue();
      assertThat(version(database, "policy_drafts")).isEqualTo(2);

      assertThatThrownBy(() -> state.policies().create(draft))
          .isInstanceOf(IllegalStateException.class);
      assertThat(state.policies().revise(revision(2), "acme")).isFalse();
      assertThat(state.policies().revise(revision(3), "globex")).isFalse();

      assertThat(version(database, "policy_drafts")).isEqualTo(2);
    }
  }

  private static PolicyRevision revision(int number) {
    return new PolicyRevision(
        "d1",
        number,
        "name",
        "about",
        "source " + number,
        "%064x".formatted(number),
        "",
        false,
        JsonArray.of(),
        null,
        "dana",
        NOW);
  }
}
