package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCsvTest {
  private static final String REFERENCE =
      "ts,event,schema_version,decision,check,reason,tenant,agent_id,session_id,tool,arg_keys,"
          + "capability_token_id,root_capability_token_id,caveat_count,pending_id,decided_by,"
          + "intent_summary,latency_ms,remote_ip,upstream_status,requires_step_up,elevation_id";

  private static String row(AuditEventBuilder event) {
    return EventCsv.row(new StoredEvent(event.build(), 7, "prev", "hash"));
  }

  @Test
  void theReferencesColumnsComeFirstThenEveryOtherStoredMember() {
    assertThat(EventCsv.header())
        .isEqualTo(
            REFERENCE
                + ",bundle_id,bundle_digest,event_id,result_sha256,result_bytes,result_stored,"
                + "arg_values,call_id,seq,phase,policy_sha256,rule_reason,chain_id,principal,actor,"
                + "zone,step_up_at,user_subject,user_attrs,intent_allowed,intent_forbidden,"
                + "callee_agent,callee_zone,arguments_sha256,error_code,prev_hash,hash\n");
  }

  @Test
  void valuesAreWrittenAsTheReferenceWritesThem() {
    AuditEventBuilder event =
        RandomEvents.call("acme")
            .reason("a, \"b\"\nc")
            .argKeys(List.of("id", "amount"))
            .argValues(JsonObject.of("id", JsonValue.of(7)))
            .requiresStepUp(true);

    assertThat(row(event))
        .isEqualTo(
            "2026-05-11T22:30:01.123456Z,intentgate.tool_call,8,allow,,\"a, \"\"b\"\"\nc\",acme,"
                + "agent-x,,read_invoice,id;amount,,,0,,,,0,,0,true,,,,,,0,false,"
                + "\"{\"\"id\"\":7}\",AAAAAGdld2lsbGlhbS1jcQ,7,decision,,,,,,,0,,,,,,,,0,"
                + "prev,hash\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "'q", "\tx"})
  void aCellThatCouldBeAFormulaIsMadeHarmless(String cell) {
    assertThat(row(RandomEvents.call("acme").reason(cell))).contains(",,'" + cell + ",acme,");
  }

  @Test
  void aNegativeNumberIsMadeHarmlessToo() {
    assertThat(row(RandomEvents.call("acme").errorCode(-32010))).contains(",'-32010,prev,");
  }

  @Test
  void aListThatSemicolonsCannotTellApartIsWrittenAsJson() {
    assertThat(row(RandomEvents.call("").argKeys(List.of("a;b", "c"))))
        .contains(",\"[\"\"a;b\"\",\"\"c\"\"]\",");
    assertThat(row(RandomEvents.call("").argKeys(List.of("")))).contains(",\"[\"\"\"\"]\",");
    assertThat(row(RandomEvents.call("").argKeys(List.of("[a]")))).contains(",\"[\"\"[a]\"\"]\",");
  }

  @Test
  void whatTextFilesCannotHoldIsEscaped() {
    assertThat(row(RandomEvents.call("").reason("a\u0000b\ud800c\ud83d\ude00")))
        .contains(",a\\u0000b\\ud800c\ud83d\ude00,");
  }

  @Test
  void everyRowHasEveryColumn() {
    RandomEvents random = new RandomEvents(40);
    int columns = EventCsv.header().split(",", -1).length;
    for (StoredEvent stored : random.chained(300)) {
      String row = EventCsv.row(stored);
      assertThat(row).endsWith("," + stored.hash() + "\n");
      assertThat(row.replaceAll("\"(?:[^\"]|\"\")*\"", "").split(",", -1)).hasSize(columns);
    }
  }
}
