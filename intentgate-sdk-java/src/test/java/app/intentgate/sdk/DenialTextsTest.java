package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals that came as results, what is said of them to a model, and what outlives a copy. */
class DenialTextsTest {
  private static IntentGateException denial(int code, String check, String reason, String text) {
    JsonObject denial =
        JsonObject.builder()
            .put("code", code)
            .put("check", check)
            .put("reason", reason)
            .put("call_id", "c9")
            .put("pending_id", "p9")
            .build();
    return IntentGateException.ofDenial(denial, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32010 | capability | tool 'x' not in allow list | CapabilityDenied",
        "-32011 | intent | not asked for | IntentDenied",
        "-32012 | policy | too much | PolicyDenied",
        "-32012 | policy | rejected by ann: no | ApprovalRejected",
        "-32012 | policy | approval window expired | ApprovalExpired",
        "-32012 | policy | resume approval id p9 not found | ApprovalExpired",
        "-32013 | budget | used up | BudgetDenied",
        "-32014 | provenance | chain broken | ProvenanceDenied",
        "-32015 | pii | iban | PiiBlocked",
        "-32016 | output_schema | no number | SchemaBlocked",
        "-32017 | tenant_scope | other tenant | TenantScopeDenied",
        "-32018 | fault_isolation | circuit open | UpstreamFailed",
        "-32019 | policy | above limit | ApprovalPending",
        "-32012 | policy | approval queue unavailable | GateUnavailable",
        "-32010 | capability | revocation store unavailable; calls are refused (fail-closed)"
            + " | GateUnavailable",
        "-32099 | budget | new kind | BudgetDenied",
        "-32099 | intent | new kind | IntentDenied",
        "-32099 | something_new | new kind | PolicyDenied",
        "0 | '' | says little | PolicyDenied",
      })
  void each_refusal_that_came_as_a_result_has_its_type(
      int code, String check, String reason, String type) {
    IntentGateException e = denial(code, check, reason, "This call was refused.");

    assertThat(e.getClass().getSimpleName()).isEqualTo(type);
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e.callId()).isEqualTo("c9");
    assertThat(e.mayHaveRun()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "approval of the board is needed",
        "rejected by the rules of the house",
        "policy: approval needs two people",
        "resume approval id must be given"
      })
  void a_policys_own_words_about_approvals_do_not_make_it_one(String reason) {
    IntentGateException e =
        denial(
            -32012,
            "policy",
            reason,
            "This call was refused and not carried out (policy check failed: "
                + reason
                + "). Calling it again unchanged gives the same answer.");

    assertThat(e).isInstanceOf(PolicyDenied.class).hasMessageContaining("policy check failed");
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e.forModel()).contains(reason).contains("the same answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"code\":\"-32012\"}", "{\"code\":1e99,\"check\":7,\"reason\":[]}"})
  void a_refusal_that_says_next_to_nothing_is_one_all_the_same(String denial) {
    IntentGateException e =
        IntentGateException.ofDenial((JsonObject) JsonReader.parse(denial), "Refused.");

    assertThat(e).isInstanceOf(PolicyDenied.class);
    assertThat(e.isDenial()).isTrue();
    assertThat(e.code()).isZero();
    assertThat(e.reason()).isEqualTo("Refused.");
  }

  @Test
  void a_call_that_waits_under_no_id_cannot_be_resumed_and_is_no_pending_one() {
    IntentGateException e =
        IntentGateException.ofDenial(
            (JsonObject) JsonReader.parse("{\"code\":-32019,\"check\":\"policy\"}"), "waits");

    assertThat(e).isInstanceOf(ProtocolError.class);
    assertThat(e.isDenial()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-32010 | not carried out: why. | ask for a token that covers it",
        "-32011 | not carried out: why. | keep to the request",
        "-32012 | not carried out: why. | unchanged gives the same answer",
        "-32013 | not carried out: why. | limit is used up",
        "-32017 | not carried out: why. | ask for a token that covers it",
        "-32018 | failed and was not carried out: why. | tried again later",
        "-32019 | approval of a person: why. | p9; make exactly the same call again",
      })
  void a_model_is_told_why_and_what_to_do_next(int code, String why, String next) {
    assertThat(denial(code, "", "why", "text").forModel()).contains(why).contains(next);
  }

  @Test
  void a_failure_that_was_copied_to_another_program_says_the_same() throws Exception {
    ApprovalPending pending = (ApprovalPending) denial(-32019, "policy", "above limit", "waits");

    ApprovalPending copy = copied(pending);

    assertThat(copy.pendingId()).isEqualTo("p9");
    assertThat(copy.code()).isEqualTo(-32019);
    assertThat(copy.reason()).isEqualTo("above limit");
    assertThat(copy.check()).isEqualTo("policy");
    assertThat(copy.callId()).isEqualTo("c9");
    assertThat(copy.forModel()).isEqualTo(pending.forModel());
    assertThat(copy.data()).as("answers are no Java objects to send").isNull();
  }

  @Test
  void whether_it_may_have_run_outlives_a_copy() throws Exception {
    TransportError lost = new TransportError(Failure.of("the connection broke", true, null));

    assertThat(copied(lost).mayHaveRun()).isTrue();
    assertThat(copied(new UpstreamFailed(Failure.of("x", false, null))).upstreamStatus()).isZero();
  }

  @SuppressWarnings("unchecked")
  private static <T> T copied(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
