package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Joint.Got;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all of several servers are asked, and what becomes of those that refuse. */
class BroadcastTest {
  private static final String LIST = "{'jsonrpc':'2.0','id':1,'method':'tools/list','params':{}}";
  private static final String BEGIN =
      "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'capabilities':{}}}";
  private static final UpstreamResult ERROR =
      new UpstreamResult.RpcError(200, 1, ScriptedServer.json("{'code':-32000,'message':'mine'}"));

  private final Joint joint = Joint.ofTwo();
  private final ScriptedServer sap = joint.server("sap");
  private final ScriptedServer crm = joint.server("crm");

  private static UpstreamResult http(int status) {
    return new UpstreamResult.HttpError(status, false);
  }

  private static SessionMap sessionOf(Got got) {
    return Objects.requireNonNull(SessionMap.parse(got.only().replaceFirst(".* in ", "")));
  }

  @Test
  void aSessionHoldsThoseOfTheServersThatOpenedOne() {
    Got got = joint.send(BEGIN);
    sap.last().result("{'protocolVersion':'2025-06-18'}", "s 1");
    crm.last().result("{'protocolVersion':'2025-11-25'}", "c1");
    assertThat(sessionOf(got).opened())
        .as("a name that no header can carry is no session")
        .containsExactly(Map.entry("crm", new Opened("c1", "2025-11-25")));
    assertThat(got.only()).contains("'protocolVersion':'2025-11-25'");
  }

  @Test
  void whereNobodyOpensASessionTheErrorOfOneThatGaveOneIsTheAnswer() {
    Got got = joint.send(BEGIN);
    sap.last().answer(http(500), null);
    crm.last().answer(ERROR, null);
    assertThat(got.only()).startsWith("RpcError").contains("'mine'").endsWith(" in null");
    Got none = joint.send(BEGIN);
    sap.last().answer(http(503), null);
    crm.last().answer(new UpstreamResult.Broken(0), null);
    assertThat(none.only()).startsWith("HttpError[status=503");
  }

  @Test
  void aServerThatForgotItsSessionSpeaksForAllSoThatTheClientOpensAnother() {
    joint.in(Map.of("sap", "s1", "crm", "c1"));
    Got got = joint.send(LIST);
    sap.last().result("{'tools':[{'name':'a'}]}");
    crm.last().answer(http(404), null);
    assertThat(got.only()).startsWith("HttpError[status=404");
  }

  @Test
  void aServerThatKeepsNoSessionsCannotForgetOne() {
    joint.in(Map.of("sap", "s1", "crm", ""));
    Got got = joint.send(LIST);
    sap.last().result("{'tools':[{'name':'a'}]}");
    crm.last().answer(http(404), null);
    assertThat(got.only()).contains("{'tools':[{'name':'sap_a'}]}");
  }

  @Test
  void withoutASessionTheServerThatWantsOneSpeaksForAll() {
    Got got = joint.send(LIST);
    sap.last().result("{'tools':[{'name':'a'}]}");
    crm.last().answer(new UpstreamResult.HttpError(400, true), null);
    assertThat(got.only()).startsWith("HttpError[status=400");
  }

  @Test
  void ofAListWhatCameIsTheAnswerAndWhereNothingDidTheFirstErrorIs() {
    Got part = joint.send(LIST);
    sap.last().answer(http(500), null);
    crm.last().result("{'tools':[{'name':'a'}]}");
    assertThat(part.only()).contains("{'tools':[{'name':'crm_a'}]}");
    Got none = joint.send(LIST);
    sap.last().answer(http(500), null);
    crm.last().answer(ERROR, null);
    assertThat(none.only()).startsWith("RpcError").contains("'mine'");
    Got empty = joint.send(LIST);
    UpstreamResult not =
        new UpstreamResult.RpcError(
            200, 1, ScriptedServer.json("{'code':-32601,'message':'no lists'}"));
    sap.last().answer(not, null);
    crm.last().answer(not, null);
    assertThat(empty.only()).as("nobody has lists").contains("{'tools':[]}");
  }

  @Test
  void theNextPageIsAskedOfThoseThatHaveOneEachByItsOwnCursor() {
    Got first = joint.send(LIST);
    sap.last().result("{'tools':[{'name':'a'}],'nextCursor':'p2'}");
    crm.last().result("{'tools':[{'name':'b'}]}");
    String cursor = first.only().replaceFirst(".*'nextCursor':'([^']*)'.*", "$1");
    Got second =
        joint.send(LIST.replace("'params':{}", "'params':{'x':1,'cursor':'" + cursor + "'}"));
    assertThat(crm.asked()).hasSize(1);
    assertThat(sap.last().body()).contains("'params':{'x':1,'cursor':'p2'}");
    sap.last().result("{'tools':[{'name':'c'}]}");
    assertThat(second.only()).contains("{'tools':[{'name':'sap_c'}]}").doesNotContain("nextCursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "{}", "'x'", "'W10'"})
  void aCursorThatIsNoneIsRefusedAndNobodyIsAsked(String cursor) {
    Got got = joint.send(LIST.replace("'params':{}", "'params':{'cursor':" + cursor + "}"));
    assertThat(got.only()).contains("'code':-32602,'message':'invalid cursor'");
    assertThat(sap.asked()).isEmpty();
  }

  @Test
  void aCursorOfAServerThatIsNotThereAsksNobody() {
    String forged =
        java.util.Base64.getUrlEncoder()
            .encodeToString("{\"erp\":\"x\"}".getBytes(StandardCharsets.UTF_8));
    Got got = joint.send(LIST.replace("'params':{}", "'params':{'cursor':'" + forged + "'}"));
    assertThat(got.only()).contains("{'tools':[]}");
    assertThat(sap.asked()).isEmpty();
  }

  @Test
  void whatIsToldToAllIsDoneWhenSomebodyTookIt() {
    joint.in(Map.of("sap", "s1"));
    Got got = joint.send("{'jsonrpc':'2.0','method':'notifications/roots/list_changed'}");
    assertThat(crm.asked()).as("it is in no session with it").isEmpty();
    sap.last().answer(http(500), null);
    assertThat(got.only()).startsWith("Unusable[status=202");
    Got over = joint.send("{'jsonrpc':'2.0','method':'notifications/roots/list_changed'}");
    sap.last().answer(http(404), null);
    assertThat(over.only()).startsWith("HttpError[status=404");
  }

  @Test
  void aSettingForAllIsSetWhereItCanBe() {
    Got got =
        joint.send("{'jsonrpc':'2.0','id':1,'method':'logging/setLevel','params':{'level':'x'}}");
    sap.last().answer(http(500), null);
    crm.last().result("{'theirs':1}");
    assertThat(got.only()).contains("value={}");
  }

  @Test
  void anEndIsToldToTheServersThatHaveASessionWithAName() {
    joint.in(Map.of("sap", "s1", "crm", ""));
    Got got = joint.send(UpstreamRequest.without(UpstreamRequest.Method.DELETE, joint.session));
    assertThat(sap.last().request.method()).isEqualTo(UpstreamRequest.Method.DELETE);
    assertThat(sap.last().headers()).containsExactly("Mcp-Session-Id=s1");
    assertThat(crm.asked()).isEmpty();
    sap.last().answer(http(405), null);
    assertThat(got.only())
        .as("the client's session ends however they take it")
        .contains("status=200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "7",
        "[]",
        "null",
        "{\"sap\":7}",
        "{\"sap\":[]}",
        "{\"sap\":[\"a\"]}",
        "{\"sap\":[\"a\",\"b\",\"c\"]}",
        "{\"sap\":[\"a\",7]}",
        "{\"sap\":[7,\"a\"]}",
        "{\"sap\":[\"a\",\"b\"],\"sap\":[\"c\",\"d\"]}",
        "{\"sap\":[\"a\",\"b\"]}x"
      })
  void whatIsNoIdOfOursIsNoSession(String id) {
    assertThat(SessionMap.parse(id)).isNull();
  }

  @Test
  void aNameOfASessionMayHoldWhatJsonHasToEscape() {
    SessionMap session = SessionMap.of(Map.of("sap", new Opened("a\"\\b", "2025-06-18")));
    assertThat(SessionMap.parse(session.id())).isEqualTo(session);
  }
}
