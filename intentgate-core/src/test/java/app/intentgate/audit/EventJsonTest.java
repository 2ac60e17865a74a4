package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final String LINE =
      "{\"ts\":\"2026-05-11T22:30:00Z\",\"event\":\"intentgate.tool_call\",\"schema_version\":\"8\","
          + "\"decision\":\"allow\",\"tool\":\"t\",\"latency_ms\":0}";

  @Test
  void membersStandInWireOrderWithHashesLast() {
    StoredEvent stored =
        AuditChain.link(
            RandomEvents.call("acme").check("policy").errorCode(-32012).latencyMs(3).build(),
            2,
            "ab".repeat(32));

    assertThat(EventJson.text(stored))
        .isEqualTo(
            "{\"ts\":\"2026-05-11T22:30:01.123456Z\",\"event\":\"intentgate.tool_call\","
                + "\"schema_version\":\"8\",\"decision\":\"allow\",\"check\":\"policy\","
                + "\"tenant\":\"acme\",\"agent_id\":\"agent-x\",\"tool\":\"read_invoice\","
                + "\"latency_ms\":3,\"call_id\":\"AAAAAGdld2lsbGlhbS1jcQ\",\"seq\":2,"
                + "\"phase\":\"decision\",\"error_code\":-32012,\"prev_hash\":\""
                + "ab".repeat(32)
                + "\",\"hash\":\""
                + stored.hash()
                + "\"}");
  }

  @Test
  void whatJsonCanSayIsWrittenEscapedAndReadBack() {
    AuditEvent event =
        RandomEvents.call("")
            .reason("nul \u0000, lone \ud800, pair \ud83d\ude00, <&>, \u2028")
            .argKeys(List.of("\udfff"))
            .build();

    String text = new String(EventJson.bytes(event), StandardCharsets.UTF_8);

    assertThat(text)
        .contains("nul \\u0000, lone \\ud800, pair \ud83d\ude00, \\u003c\\u0026\\u003e, \\u2028")
        .contains("\"arg_keys\":[\"\\udfff\"]");
    assertThat(EventJson.read(EventJson.bytes(event)).event()).isEqualTo(event);
  }

  @Test
  void anyEventSurvivesWritingAndReading() {
    RandomEvents random = new RandomEvents(1);
    for (StoredEvent stored : random.chained(2_000)) {
      byte[] json = EventJson.bytes(stored);
      StoredEvent read = EventJson.read(json);

      assertThat(read).isEqualTo(stored);
      assertThat(EventJson.bytes(read)).isEqualTo(json);
      EventMembers members = new EventMembers();
      assertThat(EventLine.scan(json, 0, json.length, members)).isTrue();
      assertThat(members.text(MemberSlot.of(AuditField.REASON))).isEqualTo(stored.event().reason());
      assertThat(members.number(MemberSlot.of(AuditField.SEQ))).isEqualTo(stored.seq());
    }
  }

  @Test
  void argumentsDeeperThanARequestMayHaveAreReadBack() {
    JsonObject deep = JsonObject.of("n", JsonValue.of(1));
    for (int i = 0; i < 500; i++) {
      deep = JsonObject.of("d", deep);
    }
    AuditEvent event = RandomEvents.call("").argValues(deep).build();

    assertThat(EventJson.read(EventJson.bytes(event)).event()).isEqualTo(event);
  }

  @Test
  void everyMemberIsWrittenUnderItsNameAndHashedOnce() {
    RandomEvents random = new RandomEvents(2);
    for (AuditField field : AuditField.values()) {
      if (field.isSetByStore() || field == AuditField.SCHEMA_VERSION) {
        continue;
      }
      Object value =
          switch (field) {
            case DECISION -> "block";
            case PHASE -> "outcome";
            default -> random.value(field.kind());
          };
      AuditEvent plain =
          AuditEvent.builder().at(Instant.EPOCH).decision(AuditDecision.ALLOW).build();
      AuditEvent event = plain.toBuilder().stored(field, value).build();
      JsonObject json = (JsonObject) JsonReader.parse(EventJson.bytes(event));

      assertThat(json.get(field.wireName())).as(field.wireName()).isNotNull();
      assertThat(AuditChain.link(event, 1, "").hash().equals(AuditChain.link(plain, 1, "").hash()))
          .as("%s is left out of the hash", field.wireName())
          .isEqualTo(field == AuditField.SUMMARY);
    }
  }

  @Test
  void timesAreCutToMicrosecondsWhenAnEventIsMade() {
    AuditEvent event =
        RandomEvents.call("").at(Instant.parse("2026-01-02T03:04:05.600000999Z")).build();

    assertThat(event.at()).isEqualTo(Instant.parse("2026-01-02T03:04:05.6Z"));
    assertThat(EventJson.bytes(event)).asString().startsWith("{\"ts\":\"2026-01-02T03:04:05.6Z\"");
  }

  @Test
  void aZeroValueIsAbsent() {
    AuditEvent bare = AuditEvent.builder().at(Instant.EPOCH).decision(AuditDecision.ALLOW).build();
    AuditEvent set =
        bare.toBuilder()
            .reason("")
            .caveatCount(0)
            .requiresStepUp(false)
            .argKeys(List.of())
            .argValues(JsonObject.EMPTY)
            .build();

    assertThat(set).isEqualTo(bare);
    assertThat(set.argKeys()).isEmpty();
    assertThat(set.argValues().isEmpty()).isTrue();
    assertThat(set.phase()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"colour\":\"red\"",
        "\"Tool\":\"t\"",
        "\"tool\":\"again\"",
        "\"seq\":\"1\"",
        "\"seq\":1.5",
        "\"caveat_count\":99999999999999999999",
        "\"requires_step_up\":1",
        "\"arg_keys\":[1]",
        "\"arg_keys\":\"id\"",
        "\"arg_values\":[]",
        "\"phase\":\"later\""
      })
  void aMemberThatNoHashCoversOrOfAnotherTypeIsRefused(String member) {
    assertThat(EventJson.read(LINE.getBytes(StandardCharsets.UTF_8)).event().tool()).isEqualTo("t");
    String line = LINE.substring(0, LINE.length() - 1) + "," + member + "}";

    assertThatThrownBy(() -> EventJson.read(line.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(AuditException.class)
        .extracting(e -> ((AuditException) e).code())
        .isEqualTo(AuditException.Code.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-05-11T22:30:00.10Z",
        "2026-05-11T22:30:00.Z",
        "2026-05-11T22:30:00+00:00",
        "2026-05-11 22:30:00Z",
        "2026-02-30T22:30:00Z",
        "2026-05-11T24:00:01Z",
        "2026-05-11T22:30:00.1234567891Z",
        "2026-05-11T22:30:00z",
        "Z"
      })
  void aTimeInAnotherSpellingIsRefused(String time) {
    String line = LINE.replace("2026-05-11T22:30:00Z", time);

    assertThatThrownBy(() -> EventJson.read(line.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(AuditException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts", "event", "schema_version", "decision", "tool", "latency_ms"})
  void aMissingRequiredMemberIsNamed(String name) {
    JsonObject.Builder rest = JsonObject.builder();
    JsonObject all = (JsonObject) JsonReader.parse(LINE);
    for (int i = 0; i < all.size(); i++) {
      if (!all.nameAt(i).equals(name)) {
        rest.put(all.keyAt(i), all.valueAt(i));
      }
    }

    byte[] line = rest.build().toString().getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> EventJson.read(line)).hasMessageContaining("\"" + name + "\"");
  }

  @Test
  void anEmptyDecisionIsNone() {
    byte[] line = LINE.replace("allow", "").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> EventJson.read(line))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.UNREADABLE))
        .hasMessageContaining("decision");
  }
}
