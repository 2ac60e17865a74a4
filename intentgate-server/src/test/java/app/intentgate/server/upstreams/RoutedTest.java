package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Joint.Got;
import app.intentgate.server.upstreams.ScriptedServer.Asked;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that concern one of several servers: who gets them, and in which words. */
class RoutedTest {
  private final Joint joint = Joint.ofTwo();
  private final ScriptedServer sap = joint.server("sap");
  private final ScriptedServer crm = joint.server("crm");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools/call | {'name':'crm_read','arguments':{'name':'sap_x'}}"
            + " | {'name':'read','arguments':{'name':'sap_x'}}",
        "tools/call | {'name':'crm.read'} | {'name':'read'}",
        "prompts/get | {'name':'crm_p'} | {'name':'p'}",
        "resources/read | {'uri':'crm+f:a'} | {'uri':'f:a'}",
        "resources/subscribe | {'uri':'crm+f:a'} | {'uri':'f:a'}",
        "resources/unsubscribe | {'uri':'crm+f:a'} | {'uri':'f:a'}",
        "tasks/get | {'taskId':'crm:7'} | {'taskId':'7'}",
        "tasks/result | {'taskId':'crm:7'} | {'taskId':'7'}",
        "tasks/update | {'taskId':'crm:7','x':1} | {'taskId':'7','x':1}",
        "tasks/cancel | {'taskId':'crm:7'} | {'taskId':'7'}",
        "completion/complete | {'ref':{'type':'ref/prompt','name':'crm_p'},'argument':{}}"
            + " | {'ref':{'type':'ref/prompt','name':'p'},'argument':{}}",
        "completion/complete | {'ref':{'type':'ref/resource','uri':'crm+f:{x}'}}"
            + " | {'ref':{'type':'ref/resource','uri':'f:{x}'}}"
      })
  void aRequestGoesToTheServerItNamesAlone(String method, String params, String theirs) {
    Got got =
        joint.send("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + params + "}");
    assertThat(crm.last().body())
        .isEqualTo("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + theirs + "}");
    assertThat(sap.asked()).isEmpty();
    crm.last().result("{'ok':1}", "never shown");
    assertThat(got.only()).contains("value={'ok':1}").endsWith(" in null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools/call | {'name':'read'} | Unknown tool: read",
        "tools/call | {'name':7} | Unknown tool: ",
        "tools/call | {} | Unknown tool: ",
        "tools/call | [] | Unknown tool: ",
        "prompts/get | {'name':'p'} | no server has what prompts/get names",
        "resources/read | {'uri':'f:a'} | no server has what resources/read names",
        "tasks/get | {'taskId':'7'} | no server has what tasks/get names",
        "completion/complete | {} | no server has what completion/complete names",
        "completion/complete | {'ref':'crm_p'} | no server has what completion/complete names",
        "completion/complete | {'ref':{'name':7}} | no server has what completion/complete names",
        "completion/complete | {'ref':{'uri':7,'name':'crm_p'}}"
            + " | no server has what completion/complete names"
      })
  void whatNobodyHasIsAnErrorOfTheRequestAndReachesNobody(
      String method, String params, String message) {
    Got got =
        joint.send("{'jsonrpc':'2.0','id':1,'method':'" + method + "','params':" + params + "}");
    assertThat(got.only())
        .startsWith("RpcError[status=200")
        .contains("'code':-32602", "'message':'" + message);
    assertThat(sap.asked()).isEmpty();
    assertThat(crm.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rpc/none,false,200", "rpc/none,true,404", "Tools/call,false,200"})
  void aMethodThatBelongsToNoServerIsNotFound(String method, boolean modern, int status) {
    String meta = "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}";
    Heard heard = new Heard();
    joint.open(
        "{'id':1,'method':'" + method + "','params':{" + (modern ? meta : "") + "}}",
        "acme",
        heard);
    assertThat(heard.all.toString())
        .startsWith("[answer " + status)
        .contains("'code':-32601,'message':'method not found: " + method + "'");
    Got told = joint.send("{'method':'notifications/unheard'}");
    assertThat(told.only()).startsWith("Unusable[status=202");
    assertThat(sap.asked()).isEmpty();
  }

  @Test
  void aClientsAnswerGoesToTheServerThatAskedUnderItsOwnId() {
    joint.in(Map.of("sap", "s1", "crm", "c1"));
    Got got = joint.send("{'jsonrpc':'2.0','id':'crm:\\u0022q\\u0022','result':{'x':1}}");
    assertThat(crm.last().body()).isEqualTo("{'jsonrpc':'2.0','id':'q','result':{'x':1}}");
    assertThat(crm.last().headers()).contains("Mcp-Session-Id=c1");
    assertThat(sap.asked()).isEmpty();
    crm.last().answer(new UpstreamResult.Unusable(202, 0, "accepted"), null);
    assertThat(got.all).hasSize(1);
    assertThat(joint.send("{'jsonrpc':'2.0','id':'q','result':{}}").only())
        .as("one that nobody marked is nobody's")
        .startsWith("Unusable[status=202");
    assertThat(crm.asked()).hasSize(1);
  }

  @Test
  void progressIsToldToWhoeverAskedForItAndToNobodyElse() {
    joint.send(
        "{'method':'notifications/progress','params':{'progressToken':'sap:7','progress':1}}");
    assertThat(sap.last().body())
        .isEqualTo("{'method':'notifications/progress','params':{'progressToken':7,'progress':1}}");
    for (String token : new String[] {"'7'", "7", "null", "'erp:7'"}) {
      joint.send("{'method':'notifications/progress','params':{'progressToken':" + token + "}}");
    }
    assertThat(sap.asked()).hasSize(1);
    assertThat(crm.asked()).isEmpty();
  }

  @Test
  void whatAClientTellsOfItsTaskStaysWithinTheSessionThatMadeIt() {
    String told = "{'method':'notifications/tasks/status','params':{'taskId':'mine'}}";
    joint.in(Map.of("crm", "c1"));
    joint.send("{'jsonrpc':'2.0','id':'crm:1','result':{'task':{'taskId':'mine'}}}");
    joint.send(told);
    assertThat(crm.asked()).hasSize(2);
    joint.in(Map.of("crm", "c1"));
    joint.send(told);
    assertThat(crm.asked()).as("another client's session").hasSize(2);
    String longest = "x".repeat(513);
    joint.send("{'jsonrpc':'2.0','id':'crm:1','result':{'task':{'taskId':'" + longest + "'}}}");
    joint.send(told.replace("mine", longest));
    assertThat(crm.asked()).as("an id longer than is kept").hasSize(3);
  }

  @Test
  void ofTwoThousandAndOneTasksOfClientsTheFirstIsForgotten() {
    joint.in(Map.of("crm", "c1"));
    for (int i = 0; i <= 2_000; i++) {
      joint.send("{'jsonrpc':'2.0','id':'crm:1','result':{'task':{'taskId':'t" + i + "'}}}");
    }
    int before = crm.asked().size();
    joint.send("{'method':'notifications/tasks/status','params':{'taskId':'t0'}}");
    assertThat(crm.asked()).hasSize(before);
    joint.send("{'method':'notifications/tasks/status','params':{'taskId':'t1'}}");
    assertThat(crm.asked()).hasSize(before + 1);
  }

  @Test
  void aServerThatWasAwayGetsItsSessionFirstAndACallGivenUpMeanwhileIsGivenUpThere() {
    joint.in(Map.of("sap", "s1"));
    Got got =
        joint.send("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'crm_x'}}");
    assertThat(crm.last().body()).contains("'initialize'");
    Objects.requireNonNull(got.exchange).cancel();
    crm.last().result("{}", "c1");
    crm.last().answer(new UpstreamResult.Unusable(202, 0, "accepted"), null);
    Asked call = crm.last();
    assertThat(call.body()).contains("'name':'x'");
    assertThat(call.headers()).contains("Mcp-Session-Id=c1");
    assertThat(call.cancelled).isEqualTo(1);
  }

  @Test
  void aCallGivenUpLaterIsGivenUpOnce() {
    Got got =
        joint.send("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'crm_x'}}");
    Objects.requireNonNull(got.exchange).cancel();
    assertThat(crm.last().cancelled).isEqualTo(1);
  }
}
