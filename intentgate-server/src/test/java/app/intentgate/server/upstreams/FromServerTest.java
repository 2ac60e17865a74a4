package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.ScriptedServer.bytes;
import static app.intentgate.server.upstreams.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.server.upstream.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one of several servers says, as clients see it. */
class FromServerTest {
  private static final String RELATED = "'_meta':{'io.modelcontextprotocol/related-task'";
  private static final ToolServer SAP = new ScriptedServer("sap").server();
  private static final ToolServer REST = new ScriptedServer("rest").server("", Map.of());

  private static String seen(ToolServer server, String message) {
    byte[] out = new FromServer(server, Marks.ANSWER).message(bytes(message));
    return out == null ? "as it came" : text(out);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':1,'method':'x'} | {'id':'sap:1','method':'x'}",
        "{'id':'1','method':'x'} | {'id':'sap:\\'1\\'','method':'x'}",
        "{'id':1.0,'method':'x'} | {'id':'sap:1.0','method':'x'}",
        "{'id':null,'method':'x'} | {'id':'sap:null','method':'x'}",
        "{'id':1,'method':'x','params':{'_meta':{'progressToken':7,'a':1}}}"
            + " | {'id':'sap:1','method':'x','params':{'_meta':{'progressToken':'sap:7','a':1}}}",
        "{'id':1,'method':'x','params':{'_meta':{}}}"
            + " | {'id':'sap:1','method':'x','params':{'_meta':{}}}",
        "{'id':1,'method':'x','params':[1]} | {'id':'sap:1','method':'x','params':[1]}",
        "{'method':'notifications/cancelled','params':{'requestId':4}}"
            + " | {'method':'notifications/cancelled','params':{'requestId':'sap:4'}}",
        "{'method':'notifications/resources/updated','params':{'uri':'f:a'}}"
            + " | {'method':'notifications/resources/updated','params':{'uri':'sap+f:a'}}",
        "{'method':'notifications/tasks/status','params':{'taskId':'9'}}"
            + " | {'method':'notifications/tasks/status','params':{'taskId':'sap:9'}}",
        "{'method':'notifications/tasks','params':{'taskId':'9'}}"
            + " | {'method':'notifications/tasks','params':{'taskId':'sap:9'}}"
      })
  void whatIsTheServersOwnIsMarked(String message, String seen) {
    // An apostrophe stands for a quotation mark, and one within a text keeps its backslash.
    assertThat(seen(SAP, message)).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'method':'notifications/progress','params':{'progressToken':7}}",
        "{'method':'notifications/message','params':{'uri':'f:a','taskId':'9'}}",
        "{'method':'notifications/cancelled','params':{'reason':'r'}}",
        "{'method':'notifications/cancelled'}",
        "{'method':'notifications/resources/updated','params':{'uri':7}}",
        "{'method':'notifications/tasks/status','params':{'taskId':7}}",
        "{'id':1,'error':{'code':1,'message':'m'}}",
        "{'id':1,'result':7}",
        "[{'id':1,'method':'x'}]",
        "7",
        "{'id':1,'method':",
        "{'id':1,'id':2,'method':'x'}"
      })
  void everythingElseStaysByteForByte(String message) {
    assertThat(seen(SAP, message)).isEqualTo("as it came");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'content':[{'uri':'f:a'},7,{'resource':{'uri':'f:b','text':'t'}},{'type':'text'}]} |"
            + " {'content':[{'uri':'sap+f:a'},7,{'resource':{'uri':'sap+f:b','text':'t'}},{'type':'text'}]}",
        "{'contents':[{'uri':'f:a'}]} | {'contents':[{'uri':'sap+f:a'}]}",
        "{'messages':[{'content':{'uri':'f:a'}},{'content':'x'},7]}"
            + " | {'messages':[{'content':{'uri':'sap+f:a'}},{'content':'x'},7]}",
        "{'content':{'uri':'f:a'}} | {'content':{'uri':'f:a'}}",
        "{'structuredContent':{'uri':'f:a'}} | {'structuredContent':{'uri':'f:a'}}",
        "{'task':{'taskId':'9','status':'working'}} |"
            + " {'task':{'taskId':'sap:9','status':'working'}}",
        "{'task':{'taskId':9}} | {'task':{'taskId':9}}",
        "{'taskId':'9','status':'working'} | {'taskId':'sap:9','status':'working'}",
        "{'taskId':'9'} | {'taskId':'9'}",
        "{" + RELATED + ":{'taskId':'9'}}} | {" + RELATED + ":{'taskId':'sap:9'}}}",
        "{" + RELATED + ":{'taskId':9}}} | {" + RELATED + ":{'taskId':9}}}",
        "{" + RELATED + ":7}} | {" + RELATED + ":7}}"
      })
  void aResultHasItsCommonNames(String result, String seen) {
    JsonObject given = (JsonObject) json(result);
    assertThat(text(Message.bytes(new FromServer(SAP, Marks.ANSWER).result(given))))
        .isEqualTo(seen);
  }

  @Test
  void aServerWithoutAPrefixKeepsItsAddressesAndMarksItsTasksAllTheSame() {
    assertThat(seen(REST, "{'id':1,'result':{'content':[{'uri':'f:a'}]}}")).isEqualTo("as it came");
    assertThat(seen(REST, "{'method':'notifications/resources/updated','params':{'uri':'f:a'}}"))
        .isEqualTo("as it came");
    assertThat(seen(REST, "{'id':1,'result':{'task':{'taskId':'9'}}}"))
        .isEqualTo("{'id':1,'result':{'task':{'taskId':'rest:9'}}}");
  }

  @Test
  void anEventsIdSaysWhoseItIsAndOnWhichKindOfStream() {
    String raw = ": c\r\nid: e1\r\ndata: {\"method\":\"notifications/message\"}\r\n\r\n";
    StreamEvent event =
        new StreamEvent(
            raw.getBytes(StandardCharsets.UTF_8),
            bytes("{'method':'notifications/message'}"),
            true);
    for (char kind : new char[] {Marks.ANSWER, Marks.OWN_STREAM}) {
      byte[] seen = new FromServer(SAP, kind).event(event).raw();
      assertThat(new String(seen, StandardCharsets.UTF_8))
          .isEqualTo(raw.replace("id: e1", "id: sap" + kind + "e1"));
    }
    StreamEvent comment = new StreamEvent(bytes(": c\n\n"), null, false);
    assertThat(new FromServer(SAP, Marks.ANSWER).event(comment)).isSameAs(comment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "'1'", "1.0", "-0", "null", "{'a':[1]}", "'sap:1'", "'\\u00e4\\n'"})
  void aMarkedIdFindsItsWayBackAsItWasWritten(String id) {
    ServerNames names = new ServerNames(List.of(SAP, REST));
    Marks.Marked<?> found = Marks.find(names, Marks.mark(SAP, json(id)));
    assertThat(Objects.requireNonNull(found).server()).isSameAs(SAP);
    assertThat(found.id()).hasToString(json(id).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "'1'",
        "'sap'",
        "':1'",
        "'erp:1'",
        "'SAP:1'",
        "'sap:'",
        "'sap:x'",
        "'sap:1 2'"
      })
  void whatIsNoMarkedIdIsNobodys(String id) {
    ServerNames names = new ServerNames(List.of(SAP, REST));
    assertThat(Marks.find(names, json(id))).isNull();
    assertThat(Marks.find(names, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "sap:7,sap 7",
    "sap::,sap :",
    "rest:a:b,rest a:b",
    "sap:,none",
    ":7,none",
    "7,none",
    "erp:7,none"
  })
  void aTaskIsAskedForByTheNameOfItsServer(String shown, String meant) {
    ServerNames.Target target = TaskIds.find(new ServerNames(List.of(SAP, REST)), shown);
    assertThat(target == null ? "none" : target.server() + " " + target.name()).isEqualTo(meant);
  }

  @Test
  void aTaskThatAClientNamesIsTheServersOnlyWhereItIsThatServers() {
    ServerNames names = new ServerNames(List.of(SAP, REST));
    JsonObject of = (JsonObject) json("{" + RELATED + ":{'taskId':'sap:9','a':1},'b':2},'c':3}");
    assertThat(text(Message.bytes(TaskIds.relatedAtServer(names, SAP, of))))
        .isEqualTo("{" + RELATED + ":{'taskId':'9','a':1},'b':2},'c':3}");
    assertThat(TaskIds.relatedAtServer(names, REST, of)).isSameAs(of);
  }

  @ParameterizedTest
  @CsvSource({
    "\"taskId\",true",
    "x\"taskId\"x,true",
    "\"taskI\",false",
    "'',false",
    "taskId,false",
    "\"taskid\",false"
  })
  void onlyAMessageThatMentionsATaskIsLookedInto(String message, boolean mentions) {
    assertThat(TaskIds.mayBeIn(message.getBytes(StandardCharsets.UTF_8))).isEqualTo(mentions);
  }
}
