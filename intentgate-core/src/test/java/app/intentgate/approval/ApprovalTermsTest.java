package app.intentgate.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalTerms.By;
import app.intentgate.approval.ApprovalTerms.Standing;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTermsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static ApprovalTerms of(String decision) {
    return ApprovalTerms.of((JsonObject) JsonReader.parse(decision));
  }

  private static Approval row(By by, int quorum) {
    return Approval.pending(
        new ApprovalRequest(
            "id",
            new ApprovalBinding("acme", "jti", "chain", "bot", "maria", "pay", "a", "", "p"),
            "root",
            null,
            "",
            "",
            false,
            new ApprovalTerms(by, quorum, null),
            NOW,
            NOW.plusSeconds(60)));
  }

  private static ApprovalDecision operator(String name, boolean yes) {
    return new ApprovalDecision(yes, "operator:" + name, "", "", NOW);
  }

  private static ApprovalDecision user(boolean yes) {
    return ApprovalDecision.byUser(yes, "maria", "", NOW);
  }

  @Test
  void a_policy_that_says_nothing_asks_one_operator_once() {
    assertThat(of("{\"allow\":true}")).isEqualTo(ApprovalTerms.DEFAULT);
  }

  @Test
  void a_policy_says_who_how_many_and_for_how_long() {
    ApprovalTerms terms =
        of(
            "{\"approval\":{\"by\":\"both\",\"quorum\":2,\"standing\":{\"max_uses\":5,"
                + "\"ttl_seconds\":60,\"arguments\":[\"to\"]}}}");
    assertThat(terms)
        .isEqualTo(
            new ApprovalTerms(By.BOTH, 2, new Standing(5, Duration.ofMinutes(1), List.of("to"))));
    assertThat(ApprovalTerms.of(JsonObject.of("approval", terms.toJson()))).isEqualTo(terms);
    assertThat(of("{\"approvals\":3}").quorum()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"approvals\":0}",
        "{\"approvals\":\"2\"}",
        "{\"approvals\":21}",
        "{\"approval\":\"both\"}",
        "{\"approval\":{\"by\":\"anyone\"}}",
        "{\"approval\":{\"quorum\":1.5}}",
        "{\"approval\":{\"standing\":true}}",
        "{\"approval\":{\"standing\":{\"max_uses\":5}}}",
        "{\"approval\":{\"standing\":{\"max_uses\":5,\"ttl_seconds\":2592001}}}",
        "{\"approval\":{\"standing\":{\"max_uses\":5,\"ttl_seconds\":1,\"arguments\":\"to\"}}}"
      })
  void terms_that_are_not_understood_are_refused_not_weakened(String decision) {
    assertThatThrownBy(() -> of(decision))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("approval");
  }

  @Test
  void a_user_alone_consents_and_no_operator_does_it_for_them() {
    Approval row = row(By.USER, 1);
    assertThat(row.voted(operator("1", true))).isNull();
    assertThat(row.voted(user(true)).status()).isEqualTo(Status.APPROVED);
    assertThat(row.voted(operator("1", false)).status())
        .as("but may stop")
        .isEqualTo(Status.REJECTED);
  }

  @Test
  void a_users_consent_is_no_operators_approval() {
    assertThat(row(By.OPERATOR, 1).voted(user(true))).isNull();
    Approval consented = row(By.BOTH, 2).voted(user(true));
    assertThat(consented.status()).isEqualTo(Status.PENDING);
    assertThat(consented.voted(user(true))).isNull();
    Approval one = consented.voted(operator("1", true));
    assertThat(one.status()).isEqualTo(Status.PENDING);
    assertThat(one.voted(operator("2", true)).status()).isEqualTo(Status.APPROVED);
  }

  @Test
  void operators_alone_do_not_settle_what_the_user_has_to_agree_to() {
    Approval two = row(By.BOTH, 2).voted(operator("1", true)).voted(operator("2", true));
    assertThat(two.status()).isEqualTo(Status.PENDING);
    assertThat(two.voted(user(true)).status()).isEqualTo(Status.APPROVED);
    assertThat(two.voted(user(false)).status()).isEqualTo(Status.REJECTED);
  }

  @Test
  void the_most_that_can_be_asked_for_is_granted() {
    ApprovalTerms most =
        of(
            "{\"approval\":{\"quorum\":20,\"standing\":{\"max_uses\":1000000,"
                + "\"ttl_seconds\":2592000}}}");
    assertThat(most)
        .isEqualTo(
            new ApprovalTerms(
                By.OPERATOR,
                ApprovalTerms.MAX_QUORUM,
                new Standing(Standing.MAX_USES, Standing.MAX_TTL, List.of())));
  }

  @Test
  void terms_for_one_call_ask_the_same_people() {
    Standing standing = new Standing(5, Duration.ofMinutes(1), List.of("to"));
    ApprovalTerms terms = new ApprovalTerms(By.BOTH, 2, standing);
    assertThat(terms.forOneCall()).isEqualTo(new ApprovalTerms(By.BOTH, 2, null));
    assertThat(ApprovalTerms.DEFAULT.forOneCall()).isEqualTo(ApprovalTerms.DEFAULT);
  }
}
