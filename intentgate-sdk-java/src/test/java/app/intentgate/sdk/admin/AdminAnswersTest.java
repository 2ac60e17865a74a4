package app.intentgate.sdk.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.operator.Role;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from the answers of a gate, whole ones and odd ones. */
@Timeout(60)
class AdminAnswersTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final AdminGate gate = new AdminGate();

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void an_approval_is_read_with_its_arguments_as_the_agent_sent_them() {
    gate.answering(
        "{\"pending_id\":\"p1\",\"tenant\":\"acme\",\"agent_id\":\"a\",\"tool\":\"pay\","
            + "\"args\":{\"amount\":1e3,\"to\":\"ü\"},\"reason\":\"above limit\","
            + "\"status\":\"pending\",\"created_at\":\"2026-05-01T12:00:00Z\",\"new\":[1]}");

    ApprovalRow row = gate.admin.approvals().get("p1");

    assertThat(row.arguments().toString()).isEqualTo("{\"amount\":1e3,\"to\":\"ü\"}");
    assertThat(row.createdAt()).isEqualTo(NOON);
    assertThat(row.isPending()).isTrue();
    assertThat(row.decidedBy()).isEmpty();
    assertThat(row.tenant() + row.agentId() + row.tool() + row.reason())
        .isEqualTo("acmeapayabove limit");
    assertThat(row.json().get("new")).as("what is not known yet is kept").isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"approved, false", "rejected, false", "timeout, false", "pending, true"})
  void a_row_waits_only_while_nobody_decided(String status, boolean pending) {
    gate.answering("{\"pending_id\":\"p1\",\"status\":\"" + status + "\",\"decided_by\":\"ann\"}");

    ApprovalRow row = gate.admin.approvals().approve("p1", "ann", "");

    assertThat(row.isPending()).isEqualTo(pending);
    assertThat(row.decidedBy()).isEqualTo("ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"approvals\":null}",
        "{\"approvals\":{}}",
        "{\"approvals\":[]}",
        "{\"approvals\":[1,\"x\",null]}"
      })
  void a_page_without_rows_is_an_empty_list(String page) {
    gate.answering(page);

    assertThat(gate.admin.approvals().pending()).isEmpty();
  }

  @Test
  void members_of_another_type_than_they_should_have_read_as_absent() {
    gate.answering(
        "{\"approvals\":[{\"pending_id\":7,\"tenant\":null,\"args\":[1],\"created_at\":\"noon\","
            + "\"status\":true}]}");

    ApprovalRow row = gate.admin.approvals().pending().get(0);

    assertThat(row.pendingId() + row.tenant() + row.status()).isEmpty();
    assertThat(row.arguments().isEmpty()).isTrue();
    assertThat(row.createdAt()).isNull();
  }

  @Test
  void kill_switches_of_every_scope_are_read() {
    gate.answering(
        "{\"kill_switch\":[{\"type\":\"global\",\"set_at\":\"2026-05-01T12:00:00Z\"},"
            + "{\"type\":\"tenant\",\"tenant\":\"acme\",\"reason\":\"odd\",\"set_by\":\"ann\"},"
            + "{\"type\":\"agent\",\"tenant\":\"acme\",\"value\":\"x\"}]}");

    assertThat(gate.admin.killSwitches().list())
        .containsExactly(
            new KillSwitchEntry(Scope.GLOBAL, "", "", "", NOON, ""),
            new KillSwitchEntry(Scope.TENANT, "acme", "", "odd", Instant.EPOCH, "ann"),
            new KillSwitchEntry(Scope.AGENT, "acme", "x", "", Instant.EPOCH, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"region\",\"value\":\"eu\"}",
        "{\"type\":\"tenant\"}",
        "{\"type\":\"agent\",\"tenant\":\"acme\"}"
      })
  void a_kill_switch_of_an_unknown_kind_is_not_passed_over_as_if_nothing_were_stopped(String row) {
    gate.answering("{\"kill_switch\":[{\"type\":\"global\"}," + row + "]}");

    assertThatThrownBy(() -> gate.admin.killSwitches().list())
        .isInstanceOfSatisfying(
            AdminException.class,
            e -> {
              assertThat(e.status()).isZero();
              assertThat(String.valueOf(e.body())).isEqualTo(row);
            })
        .hasMessageContaining("a kind this client does not know");
  }

  @Test
  void revocations_are_read_and_one_without_a_time_is_as_old_as_can_be() {
    gate.answering(
        "{\"revocations\":[{\"jti\":\"j1\",\"tenant\":\"acme\",\"revoked_at\":"
            + "\"2026-05-01T12:00:00Z\",\"reason\":\"lost\"},{\"jti\":\"j2\"}]}");

    assertThat(gate.admin.tokens().revocations(10, 0))
        .containsExactly(
            new Revocation("j1", "acme", NOON, "lost"),
            new Revocation("j2", "", Instant.EPOCH, ""));
  }

  @Test
  void a_new_operators_token_is_told_once_and_not_printed() {
    gate.answering(
        "{\"operator\":{\"id\":\"o1\",\"name\":\"ann\",\"role\":\"viewer\","
            + "\"last_used_at\":\"2026-05-01T12:00:00Z\"},\"token\":\"igo_s3cret\"}");

    IssuedOperator issued = gate.admin.operators().create("ann", Role.VIEWER, "", "", null);

    assertThat(issued.token()).isEqualTo("igo_s3cret");
    assertThat(issued.operator().lastUsedAt()).isEqualTo(NOON);
    assertThat(issued.operator().expiresAt()).isNull();
    assertThat(issued.toString()).contains("o1").doesNotContain("igo_s3cret");
    assertThat(issued.operator().toString()).doesNotContain("igo_s3cret");
  }

  @Test
  void a_revoked_operator_says_since_when() {
    gate.answering("{\"operator\":{\"id\":\"o1\",\"revoked_at\":\"2026-05-01T12:00:00Z\"}}");

    assertThat(gate.admin.operators().revoke("o1").revokedAt()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"active\":{\"current_draft_id\":\"d1\",\"previous_draft_id\":\"d0\","
            + "\"proposed_draft_id\":\"d2\"},\"requires_approval\":true,\"source\":\"draft\"}"
            + " | d1 d0 d2 true draft false",
        "{\"cleared\":{\"previous_draft_id\":\"d1\"},\"swapped\":true} | _ d1 _ false _ true",
        "{\"active\":{},\"swapped\":\"true\"} | _ _ _ false _ false",
        "{\"source\":\"embedded default\"} | _ _ _ false embedded default false",
      })
  void a_slot_is_read_whatever_was_done_to_it(String answer, String slot) {
    gate.answering(answer);

    PolicySlot read = gate.admin.policies().active("");

    assertThat(
            String.join(
                " ",
                shown(read.currentDraftId()),
                shown(read.previousDraftId()),
                shown(read.proposedDraftId()),
                String.valueOf(read.requiresApproval()),
                shown(read.source()),
                String.valueOf(read.swapped())))
        .isEqualTo(slot);
  }

  private static String shown(String text) {
    return text.isEmpty() ? "_" : text;
  }

  @Test
  void a_draft_without_a_countable_revision_has_none() {
    gate.answering("{\"drafts\":[{\"id\":\"d1\",\"revision\":1.5},{\"revision\":1e99}]}");

    assertThat(gate.admin.policies().drafts("", 10, 0))
        .extracting(PolicyDraft::revision)
        .containsExactly(0L, 0L);
  }

  @Test
  void a_chain_that_is_broken_says_where_and_one_that_is_not_says_how_long_it_is() {
    gate.answering("{\"ok\":false,\"verified\":4,\"broken_at\":{\"reason\":\"hash mismatch\"}}");
    ChainStatus broken = gate.admin.audit().verify("");
    assertThat(broken.ok()).isFalse();
    assertThat(broken.brokenReason()).isEqualTo("hash mismatch");

    gate.answering("{\"ok\":true,\"verified\":9000000000}");
    assertThat(gate.admin.audit().verify("").verified()).isEqualTo(9_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"ok\":\"true\"}", "{\"ok\":1}", "{\"ok\":null}"})
  void a_report_that_does_not_say_that_the_chain_is_intact_is_no_intact_chain(String report) {
    gate.answering(report);

    assertThat(gate.admin.audit().verify("").ok()).isFalse();
  }
}
