package app.intentgate.policy.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.policy.lifecycle.PolicyChangeException.Code;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policies that were put in force by a version that took them, and that this one does not take. */
class PolicyUpgradeTest extends PolicyGates {
  private static final String UNLOADABLE = "policy: the policy in force could not be loaded";
  private static final String DEFAULT_DENY = "no policy rule matched (default deny)";
  private static final Instant BEFORE = Instant.parse("2026-01-02T03:04:05Z");

  private final MemoryPolicyStore store = new MemoryPolicyStore(Clock.systemUTC());

  /** A draft that calls what only the version before had, as that version saved it. */
  private PolicyDraft outdated(String id, String tenant) {
    String source = source("old") + "helper := gone.function(1)\n";
    PolicyRevision revision =
        new PolicyRevision(
            id,
            1,
            "old",
            "",
            source,
            PolicyCompiler.sha256(source),
            "",
            false,
            JsonArray.EMPTY,
            null,
            "dana",
            BEFORE);
    PolicyDraft draft = new PolicyDraft(id, tenant, "dana", BEFORE, revision);
    store.create(draft);
    return draft;
  }

  private void inForce(PolicyDraft draft, String tenant) {
    PolicySlot slot = store.slot(tenant);
    PolicyChange change =
        new PolicyChange(
            "old-" + tenant,
            tenant,
            PolicyAction.PROMOTE,
            draft.ref(),
            slot.changeId(),
            "",
            "x",
            "",
            "",
            BEFORE);
    store.restore(slot.after(change, slot.current()), change);
  }

  @Test
  void one_tenants_refuses_its_calls_and_goes_back_to_what_was_before_it() {
    Gate before = gate(store, false, "g1");
    before.promote("acme", before.draft("acme", "earlier"));
    before.service().close();
    inForce(outdated("00000000000000aa", "acme"), "acme");

    Gate after = gate(store, false, "g2");

    assertThat(after.reason("acme")).isEqualTo(UNLOADABLE);
    assertThat(after.reason("globex")).isEqualTo(DEFAULT_DENY);
    assertThat(after.rollback("acme", "").swapped()).isTrue();
    assertThat(after.reason("acme")).isEqualTo("earlier");
  }

  @Test
  void that_of_all_tenants_refuses_the_calls_of_those_without_one_of_their_own() {
    Gate before = gate(store, false, "g1");
    before.promote("acme", before.draft("acme", "own"));
    before.service().close();
    inForce(outdated("00000000000000aa", ""), "");

    Gate after = gate(store, false, "g2");

    assertThat(after.reason("globex")).isEqualTo(UNLOADABLE);
    assertThat(after.reason("")).isEqualTo(UNLOADABLE);
    assertThat(after.reason("acme")).isEqualTo("own");
    after.promote("", after.draft("", "repaired"));
    assertThat(after.reason("globex")).isEqualTo("repaired");
  }

  @Test
  void it_is_neither_promoted_nor_proposed_nor_gone_back_to_and_what_is_in_force_stays() {
    PolicyDraft outdated = outdated("00000000000000aa", "acme");
    inForce(outdated, "acme");
    Gate gate = gate(store, false, "g1");
    gate.promote("acme", gate.draft("acme", "new"));

    refused(Code.INVALID, () -> gate.rollback("acme", ""));
    refused(Code.INVALID, () -> gate.rollback("acme", "old-acme"));
    refused(Code.INVALID, () -> gate.promote("acme", outdated));
    PolicyTarget promote = PolicyTarget.promote(outdated.id(), null, "");
    refused(Code.INVALID, () -> gate.service().changes().propose("acme", promote, "dana", SUPER));

    assertThat(gate.reason("acme")).isEqualTo("new");
    assertThat(gate.service().changes().slot("acme").proposal()).isNull();
    assertThat(gate.service().changes().history("acme", 10, null).changes())
        .extracting(PolicyChange::action)
        .isEqualTo(List.of(PolicyAction.PROMOTE, PolicyAction.PROMOTE));
  }

  @Test
  void one_that_waits_for_approval_is_not_approved_and_can_be_rejected() {
    PolicyDraft outdated = outdated("00000000000000aa", "acme");
    PolicyProposal proposal =
        new PolicyProposal(
            PolicyAction.PROMOTE, outdated.ref(), null, "dana", "superadmin", BEFORE);
    assertThat(store.put(store.slot("acme").withProposal(proposal), null, null)).isTrue();
    Gate gate = gate(store, true, "g1");
    PolicyChanges changes = gate.service().changes();

    refused(Code.INVALID, () -> changes.approve("acme", "olga", null, "", OTHER));
    assertThat(gate.reason("acme")).isEqualTo(DEFAULT_DENY);
    changes.reject("acme", "olga", OTHER);

    assertThat(changes.slot("acme").proposal()).isNull();
  }

  @Test
  void one_in_the_shadow_leaves_the_calls_to_what_is_in_force() {
    PolicyDraft outdated = outdated("00000000000000aa", "acme");
    Gate before = gate(store, false, "g1");
    before.promote("acme", before.draft("acme", "active"));
    before.service().close();
    PolicyShadow shadow = new PolicyShadow(outdated.ref(), "superadmin", BEFORE);
    assertThat(store.put(store.slot("acme").withShadow(shadow), null, null)).isTrue();

    Gate after = gate(store, false, "g2");

    assertThat(after.reason("acme")).isEqualTo("active");
  }
}
