package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstreams.ServerNames.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of several servers under one gate: none meets another's, each finds its way back. */
class MarkedIdsTest {
  private static final ToolServer SAP = new ScriptedServer("sap").server("sap_", Map.of());
  private static final ToolServer CRM = new ScriptedServer("crm").server("crm_", Map.of());
  private static final ServerNames NAMES = new ServerNames(List.of(SAP, CRM));

  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  private static JsonObject object(String text) {
    return (JsonObject) json(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0",
        "1.50",
        "1e3",
        "'1'",
        "''",
        "'a:b'",
        "'crm:1'",
        "'\u00e4\\n'",
        "null",
        "{'a':1}"
      })
  void an_id_comes_back_as_the_very_value_it_was_and_from_its_own_server(String id) {
    JsonString marked = Marks.mark(SAP, json(id));

    Marks.Marked<JsonValue> found = Marks.find(NAMES, marked);

    assertThat(found).isEqualTo(new Marks.Marked<>(SAP, json(id)));
    assertThat(marked).as("of another").isNotEqualTo(Marks.mark(CRM, json(id)));
  }

  @Test
  void a_number_and_the_text_of_it_are_two_ids() {
    assertThat(Marks.mark(SAP, json("1"))).isNotEqualTo(Marks.mark(SAP, json("'1'")));
    assertThat(Marks.mark(SAP, json("1"))).isNotEqualTo(Marks.mark(SAP, json("1.0")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "null",
        "''",
        "':1'",
        "'sap'",
        "'sap:'",
        "'SAP:1'",
        "'erp:1'",
        "'sap :1'",
        "'sap!1'",
        "'sap:x'",
        "'sap:1 2'",
        "'sap:{'",
        "['sap:1']"
      })
  void what_no_server_made_is_no_servers(String id) {
    assertThat(Marks.find(NAMES, json(id))).isNull();
    assertThat(Marks.find(NAMES, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sap:7 | 7",
        "sap:a:b | a:b",
        "sap:: | :",
        "sap: | none",
        "sap | none",
        ":7 | none",
        "`` | none",
        "erp:7 | none",
        "Sap:7 | none"
      })
  void a_task_is_its_servers_by_the_first_colon(String shown, String own) {
    Target found = TaskIds.find(NAMES, shown);

    assertThat(found == null ? "none" : found.name()).isEqualTo(own);
    if (found != null) {
      assertThat(found.server()).isEqualTo(SAP);
      assertThat(TaskIds.shown(SAP, found.name())).isEqualTo(shown);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'task':{'taskId':'7','status':'working'}}"
            + " | {'task':{'taskId':'sap:7','status':'working'}}",
        "{'taskId':'7','status':'working'} | {'taskId':'sap:7','status':'working'}",
        "{'taskId':'7'} | {'taskId':'7'}",
        "{'taskId':7,'status':'working'} | {'taskId':7,'status':'working'}",
        "{'task':{'name':'x'}} | {'task':{'name':'x'}}",
        "{'task':'7'} | {'task':'7'}",
        "{'content':[{'taskId':'7'}]} | {'content':[{'taskId':'7'}]}",
        "{'_meta':{'io.modelcontextprotocol/related-task':{'taskId':'7'},'x':1}}"
            + " | {'_meta':{'io.modelcontextprotocol/related-task':{'taskId':'sap:7'},'x':1}}",
        "{'_meta':{'related-task':{'taskId':'7'}}} | {'_meta':{'related-task':{'taskId':'7'}}}",
        "{'_meta':[]} | {'_meta':[]}"
      })
  void a_result_is_marked_where_it_is_or_names_a_task_and_nowhere_else(
      String result, String shown) {
    assertThat(TaskIds.inResult(SAP, object(result))).isEqualTo(object(shown));
  }

  @ParameterizedTest
  @CsvSource({"sap:7,7", "crm:7,crm:7", "erp:7,erp:7", "7,7", "sap:,sap:"})
  void a_server_is_told_of_its_own_tasks_alone(String shown, String told) {
    String around = "{'_meta':{'io.modelcontextprotocol/related-task':{'taskId':'%s'}}}";

    assertThat(TaskIds.relatedAtServer(NAMES, SAP, object(around.formatted(shown))))
        .isEqualTo(object(around.formatted(told)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"taskId\":1} | true",
        "\"\"taskId\" | true",
        "{\"taskID\":1} | false",
        "{\"taskId | false",
        "taskId | false",
        "x | false"
      })
  void a_message_without_the_name_need_not_be_looked_into(String message, boolean may) {
    assertThat(TaskIds.mayBeIn(message.getBytes(StandardCharsets.UTF_8))).isEqualTo(may);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{",
        "[]",
        "7",
        "{'sap':[]}",
        "{'sap':['a']}",
        "{'sap':['a','b','c']}",
        "{'sap':['a',1]}",
        "{'sap':[null,'b']}",
        "{'sap':'a'}",
        "{'sap':['a','b'],'sap':['c','d']}"
      })
  void a_session_id_of_another_form_holds_no_sessions(String id) {
    assertThat(SessionMap.parse(id.replace('\'', '"'))).isNull();
  }

  @Test
  void the_sessions_of_an_id_are_those_it_was_made_of() {
    Map<String, SessionMap.Opened> opened =
        Map.of(
            "sap", new SessionMap.Opened("s\"1\\", "2025-11-25"),
            "crm", new SessionMap.Opened("", "2025-03-26"));

    SessionMap made = SessionMap.of(opened);

    assertThat(SessionMap.parse(made.id())).isEqualTo(made);
    assertThat(made.opened()).isEqualTo(opened);
  }
}
