package app.intentgate.policy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditEvent;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.policy.lifecycle.PolicyChangeException.Code;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyServiceTest extends PolicyGates {
  @Test
  void B53_what_was_promoted_decides_when_the_answer_is_there() {
    Gate gate = gate();
    assertThat(gate.reason("acme")).isEqualTo("no policy rule matched (default deny)");
    PolicyOutcome outcome = gate.promote("", gate.draft("", "first"));
    assertThat(outcome.swapped()).isTrue();
    assertThat(outcome.notLoaded()).isEmpty();
    assertThat(gate.reason("acme")).isEqualTo("first");
    gate.promote("acme", gate.draft("acme", "own"));
    assertThat(gate.reason("acme")).isEqualTo("own");
    assertThat(gate.reason("globex")).isEqualTo("first");
  }

  @Test
  void B18_what_does_not_decide_is_not_saved_and_errors_have_places() {
    Gate gate = gate();
    for (String source :
        List.of(
            "package intentgate.policy\nx := 1",
            "package intentgate.policy\ndecision := {\"allow\": y}",
            "no rego")) {
      assertThatThrownBy(() -> gate.service().drafts().create("", text(source), "dana", SUPER))
          .isInstanceOfSatisfying(
              PolicyChangeException.class,
              e -> {
                assertThat(e.code()).isEqualTo(Code.INVALID);
                assertThat(e).hasMessageStartingWith("rego compile error: ");
                assertThat(e.errors()).isNotEmpty();
                assertThat(e.errors().get(0).location().row()).isPositive();
              });
    }
    refused(
        Code.INVALID, () -> gate.service().drafts().create("", text(source("\ud800")), "", SUPER));
    refused(
        Code.INVALID,
        () -> gate.service().drafts().create("", text(source("x")), "x".repeat(300), SUPER));
    assertThat(gate.service().drafts().list(null, 10, 0)).isEmpty();
  }

  @Test
  void B19_saving_again_makes_a_revision_and_what_is_active_stays() {
    Gate gate = gate();
    PolicyDraft draft = gate.draft("", "one");
    gate.promote("", draft);
    PolicyDrafts drafts = gate.service().drafts();
    PolicyDraft second = drafts.replace(draft.id(), text(source("two")), null, SUPER);
    assertThat(second.at().number()).isEqualTo(2);
    assertThat(gate.reason("")).isEqualTo("one");
    assertThat(drafts.draftAt(draft.id(), 1, SUPER).at()).isEqualTo(draft.at());
    String stale = PolicyDrafts.etag(draft);
    refused(Code.STALE, () -> drafts.replace(draft.id(), text(source("3")), stale, SUPER));
    drafts.replace(draft.id(), text(source("three")), PolicyDrafts.etag(second), SUPER);
    refused(
        Code.CONFLICT,
        () ->
            gate.service()
                .changes()
                .change("", PolicyTarget.promote(draft.id(), 2, ""), "pat", SUPER));
    refused(
        Code.CONFLICT,
        () ->
            gate.service()
                .changes()
                .change(
                    "", PolicyTarget.promote(draft.id(), null, draft.at().sha256()), "pat", SUPER));
    assertThat(gate.reason("")).isEqualTo("one");
    gate.promote("", draft);
    assertThat(gate.reason("")).isEqualTo("three");
  }

  @Test
  void B20_rollback_goes_back_step_by_step_to_the_policy_the_gate_started_with() {
    Gate gate = gate();
    for (String reason : List.of("one", "two", "three")) {
      gate.promote("", gate.draft("", reason));
    }
    String second = gate.service().changes().history("", 10, null).changes().get(1).id();
    gate.rollback("", "");
    assertThat(gate.reason("")).isEqualTo("two");
    gate.rollback("", "");
    assertThat(gate.reason("")).isEqualTo("one");
    gate.rollback("", "");
    assertThat(gate.reason("")).isEqualTo("no policy rule matched (default deny)");
    refused(Code.NOT_FOUND, () -> gate.rollback("", ""));
    refused(Code.NOT_FOUND, () -> gate.rollback("", "no such change"));
    gate.rollback("", second);
    assertThat(gate.reason("")).isEqualTo("two");
    gate.rollback("", PolicyTarget.BUILT_IN);
    assertThat(gate.reason("")).isEqualTo("no policy rule matched (default deny)");
    assertThat(gate.service().changes().history("", 100, null).changes()).hasSize(8);
  }

  @Test
  void clearing_a_tenants_slot_falls_back_and_can_be_undone() {
    Gate gate = gate();
    gate.promote("", gate.draft("", "default slot"));
    gate.promote("acme", gate.draft("acme", "own"));
    PolicyTarget clear = PolicyTarget.clear();
    assertThat(gate.service().changes().change("acme", clear, "", ACME).swapped()).isTrue();
    assertThat(gate.reason("acme")).isEqualTo("default slot");
    assertThat(gate.service().changes().change("", clear, "", SUPER).swapped()).isFalse();
    assertThat(gate.reason("")).isEqualTo("default slot");
    gate.rollback("acme", "");
    assertThat(gate.reason("acme")).isEqualTo("own");
  }

  @Test
  void the_default_slot_cannot_be_cleared_by_proposing_it_either() {
    Gate gate = gate(new MemoryPolicyStore(Clock.systemUTC()), true, "g1");
    PolicyChanges changes = gate.service().changes();
    refused(Code.CONFLICT, () -> changes.propose("", PolicyTarget.clear(), "dana", SUPER));
    assertThat(changes.slot("").proposal()).isNull();
    changes.propose("acme", PolicyTarget.clear(), "dana", SUPER);
    assertThat(changes.approve("acme", "olga", null, "", OTHER).slot().proposal()).isNull();
  }

  @Test
  void B51_where_two_are_required_one_principal_is_not_two_whatever_names_it_writes() {
    Gate gate = gate(new MemoryPolicyStore(Clock.systemUTC()), true, "g1");
    PolicyChanges changes = gate.service().changes();
    PolicyDraft draft = gate.draft("", "reviewed");
    PolicyTarget promote = PolicyTarget.promote(draft.id(), null, "");
    refused(Code.CONFLICT, () -> changes.change("", promote, "pat", SUPER));
    refused(Code.CONFLICT, () -> gate.rollback("", ""));
    refused(Code.CONFLICT, () -> changes.change("acme", PolicyTarget.clear(), "", SUPER));
    refused(Code.INVALID, () -> changes.propose("", promote, " ", SUPER));
    changes.propose("", promote, "dana", SUPER);
    refused(Code.CONFLICT, () -> changes.approve("", "olga", null, "", SUPER));
    refused(Code.CONFLICT, () -> changes.approve("", " dana ", null, "", OTHER));
    refused(Code.INVALID, () -> changes.approve("", "", null, "", OTHER));
    assertThat(gate.reason("")).isEqualTo("no policy rule matched (default deny)");
    PolicyOutcome outcome = changes.approve("", "olga", null, "", OTHER);
    assertThat(outcome.swapped()).isTrue();
    assertThat(gate.reason("")).isEqualTo("reviewed");
    PolicyChange entry = changes.history("", 1, null).changes().get(0);
    assertThat(List.of(entry.principal(), entry.approver(), entry.by(), entry.approvedBy()))
        .containsExactly("superadmin", "operator:2", "dana", "olga");
    changes.propose("", PolicyTarget.rollback(""), "dana", SUPER);
    changes.approve("", "olga", null, "", OTHER);
    assertThat(gate.reason("")).isEqualTo("no policy rule matched (default deny)");
    refused(Code.NOT_FOUND, () -> changes.approve("", "olga", null, "", OTHER));
  }

  @Test
  void B19_what_was_swapped_after_it_was_proposed_is_not_what_is_approved() {
    Gate gate = gate(new MemoryPolicyStore(Clock.systemUTC()), true, "g1");
    PolicyChanges changes = gate.service().changes();
    PolicyDraft harmless = gate.draft("", "harmless");
    changes.propose("", PolicyTarget.promote(harmless.id(), null, ""), "dana", SUPER);
    PolicyDraft swapped =
        gate.service().drafts().replace(harmless.id(), text(source("swapped")), null, SUPER);
    refused(Code.CONFLICT, () -> changes.approve("", "olga", 2, swapped.at().sha256(), OTHER));
    changes.approve("", "olga", 1, harmless.at().sha256(), OTHER);
    assertThat(gate.reason("")).isEqualTo("harmless");
    changes.propose("", PolicyTarget.promote(harmless.id(), null, ""), "dana", SUPER);
    refused(Code.CONFLICT, () -> changes.approve("", "olga", null, harmless.at().sha256(), OTHER));
    changes.reject("", "olga", OTHER);
    refused(Code.NOT_FOUND, () -> changes.reject("", "olga", OTHER));
  }

  @Test
  void B41_a_draft_of_one_tenant_does_not_get_into_anothers_slot() {
    Gate gate = gate();
    PolicyDraft theirs = gate.draft("globex", "theirs");
    PolicyDraft shared = gate.draft("", "shared");
    PolicyChanges changes = gate.service().changes();
    for (PolicyDraft draft : List.of(theirs, shared)) {
      PolicyTarget target = PolicyTarget.promote(draft.id(), null, "");
      refused(Code.NOT_FOUND, () -> changes.change("acme", target, "", ACME));
      refused(Code.NOT_FOUND, () -> changes.propose("acme", target, "a", ACME));
      refused(Code.NOT_FOUND, () -> changes.shadow("acme", target, ACME));
      refused(Code.NOT_FOUND, () -> gate.service().drafts().draft(draft.id(), ACME));
      refused(Code.NOT_FOUND, () -> gate.service().drafts().delete(draft.id(), null, ACME));
    }
    refused(Code.NOT_FOUND, () -> gate.promote("acme", theirs));
    refused(Code.NOT_FOUND, () -> gate.promote("", theirs));
    gate.promote("acme", shared);
    assertThat(gate.reason("acme")).isEqualTo("shared");
  }

  @Test
  void B31_each_change_is_on_the_chain_with_hash_and_principal() {
    Gate gate = gate();
    PolicyDraft draft = gate.draft("", "one");
    gate.promote("", draft);
    gate.rollback("", "");
    gate.service().drafts().replace(draft.id(), text(source("two")), null, SUPER);
    gate.service().drafts().delete(draft.id(), null, SUPER);
    assertThat(events().stream().map(e -> e.tool() + " " + e.reason()))
        .containsExactly(
            "admin/create_policy_draft policy draft created: tenant= draft="
                + draft.id()
                + " revision=1",
            "admin/promote_policy policy promoted: tenant= draft=" + draft.id() + " prior= by=pat",
            "admin/rollback_policy policy rolled back to: tenant= draft= by=rob",
            "admin/update_policy_draft policy draft updated: tenant= draft="
                + draft.id()
                + " revision=2",
            "admin/delete_policy_draft policy draft deleted: tenant= draft="
                + draft.id()
                + " revision=2");
    AuditEvent promoted = events().get(1);
    assertThat(promoted.event()).isEqualTo("intentgate.admin");
    assertThat(promoted.policySha256()).isEqualTo(draft.at().sha256());
    assertThat(promoted.principal()).isEqualTo("superadmin");
    assertThat(promoted.actor()).isEqualTo("pat");
    assertThat(promoted.remoteIp()).isEqualTo("1.2.3.4:5");
    assertThat(promoted.elevationId()).isEqualTo("el-1");
  }

  @Test
  void tests_travel_with_a_draft_and_red_ones_that_must_pass_stop_it() {
    Gate gate = gate();
    String tests =
        "package intentgate.policy_test\nimport data.intentgate.policy\n"
            + "test_denies if not policy.decision.allow\n"
            + "test_reason if policy.decision.reason == \"green\"\n"
            + "not_a_test if false\n";
    PolicyDrafts drafts = gate.service().drafts();
    PolicyDraft red =
        drafts.create("", new DraftText("", "", source("red"), tests, true), "", SUPER);
    assertThat(String.valueOf(red.at().testResults()))
        .contains("\"passed\":1")
        .contains("\"failed\":1");
    PolicyTarget promote = PolicyTarget.promote(red.id(), null, "");
    PolicyChanges changes = gate.service().changes();
    assertThatThrownBy(() -> changes.change("", promote, "", SUPER))
        .hasMessageContaining(
            "1 of the draft's tests fail: data.intentgate.policy_test.test_reason");
    refused(Code.CONFLICT, () -> changes.propose("", promote, "dana", SUPER));
    drafts.replace(red.id(), new DraftText("", "", source("red"), tests, false), null, SUPER);
    changes.change("", promote, "", SUPER);
    drafts.replace(red.id(), new DraftText("", "", source("green"), tests, true), null, SUPER);
    changes.change("", promote, "", SUPER);
    assertThat(gate.reason("")).isEqualTo("green");
    drafts.replace(red.id(), new DraftText("", "", source("none"), "", true), null, SUPER);
    refused(Code.CONFLICT, () -> changes.change("", promote, "", SUPER));
    refused(
        Code.INVALID,
        () -> drafts.create("", new DraftText("", "", source("x"), "no rego", true), "", SUPER));
  }
}
