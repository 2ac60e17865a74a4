package app.intentgate.approval;

import static app.intentgate.approval.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store keeps of a row is all of it, exactly. */
class ApprovalJsonTest {
  private static Approval bare() {
    return Approval.pending(
        new ApprovalRequest(
            "two", Rows.binding(), "", null, "", "", false, ApprovalTerms.DEFAULT, NOW, Rows.END));
  }

  @Test
  void every_row_is_read_back_as_it_was() {
    for (Approval row :
        List.of(
            bare(),
            Rows.waiting(),
            Rows.waiting(2, null).voted(Rows.vote(true, "operator:1", 1)),
            Rows.waiting().voted(Rows.vote(false, "operator:1", 1)),
            Rows.waiting().timedOut(),
            Rows.approved().used(NOW.plusSeconds(2)),
            Rows.standing().used(NOW.plusSeconds(2)).used(NOW.plusSeconds(3)),
            Rows.approved().voided("policy changed", NOW.plusSeconds(2)))) {
      String stored = ApprovalJson.of(row).toString();
      assertThat(ApprovalJson.read((JsonObject) JsonReader.parse(stored)))
          .as(stored)
          .isEqualTo(row);
    }
  }

  private static JsonObject with(String name, JsonValue value) {
    JsonObject stored = ApprovalJson.of(Rows.approved());
    JsonObject.Builder out = JsonObject.builder(stored.size());
    for (int i = 0; i < stored.size(); i++) {
      String member = stored.nameAt(i);
      if (!member.equals(name)) {
        out.put(member, stored.valueAt(i));
      } else if (value != null) {
        out.put(member, value);
      }
    }
    return out.build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "tenant",
        "jti",
        "chain",
        "agent",
        "user",
        "tool",
        "args_sha256",
        "cover_sha256",
        "policy_sha256",
        "root",
        "intent",
        "reason",
        "created",
        "decide_by",
        "status",
        "expires"
      })
  void a_member_that_is_missing_or_no_text_is_named(String member) {
    for (JsonValue bad : new JsonValue[] {null, JsonNumber.of(1)}) {
      assertThatThrownBy(() -> ApprovalJson.read(with(member, bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(member + " is no text");
    }
  }

  @Test
  void times_and_votes_that_are_none_are_named() {
    assertThatThrownBy(() -> ApprovalJson.read(with("created", JsonString.of("noon"))))
        .hasMessage("created is no time");
    assertThatThrownBy(() -> ApprovalJson.read(with("votes", null)))
        .hasMessage("votes is no array");
    assertThatThrownBy(() -> ApprovalJson.read(with("votes", JsonArray.of(JsonString.of("yes")))))
        .hasMessage("a vote is no object");
  }

  @Test
  void what_older_rows_lack_has_its_plain_meaning() {
    assertThat(ApprovalJson.read(with("terms", null)).request().terms())
        .isEqualTo(ApprovalTerms.DEFAULT);
    assertThat(ApprovalJson.read(with("uses", null)).uses()).isZero();
    assertThat(ApprovalJson.read(with("step_up", null)).request().requiresStepUp()).isFalse();
  }
}
