package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.McpMethods;
import app.intentgate.server.mcp.McpMethods.ListedAs;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Gather.Said;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One page of several servers' pages, whatever these look like. */
class MergedListsTest {
  private static final ListedAs TOOLS = Objects.requireNonNull(McpMethods.list("tools/list"));
  private static final ListedAs RESOURCES =
      Objects.requireNonNull(McpMethods.list("resources/list"));
  private static final ListedAs TEMPLATES =
      Objects.requireNonNull(McpMethods.list("resources/templates/list"));

  private final ToolServer sap =
      new ScriptedServer("sap").server("sap_", Map.of("long.name", "short"));
  private final ToolServer crm = new ScriptedServer("crm").server();
  private final List<String> listened = new ArrayList<>();
  private final MergedLists lists =
      new MergedLists(
          new ServerNames(List.of(sap, crm)),
          (server, cursor, page) -> listened.add(server + " " + cursor + " " + page));

  private static Said said(ToolServer server, String page) {
    return said(server, new UpstreamResult.Result(200, 1, json(page)));
  }

  private static Said said(ToolServer server, UpstreamResult result) {
    return new Said(server, result, UpstreamHead.NONE);
  }

  private static Said error(ToolServer server, String error) {
    return said(server, new UpstreamResult.RpcError(200, 1, json(error)));
  }

  private String page(ListedAs list, boolean modern, Said... said) {
    return lists.page(list, modern, Map.of(), List.of(said)).toString().replace('"', '\'');
  }

  private static Map<String, JsonValue> cursors(JsonObject page) {
    JsonValue next = page.get("nextCursor");
    return next == null ? Map.of() : Objects.requireNonNull(MergedLists.cursors(next));
  }

  @Test
  void namesAreMadeUniqueAndEverythingElseOfAnEntryStays() {
    assertThat(
            page(
                TOOLS,
                false,
                said(sap, "{'tools':[{'name':'a','title':'A','x':[1.50]},{'name':'long.name'}]}"),
                said(crm, "{'tools':[{'name':'a'}],'_meta':{'m':1}}")))
        .isEqualTo(
            "{'tools':[{'name':'sap_a','title':'A','x':[1.50]},{'name':'short'},"
                + "{'name':'crm_a'}]}");
  }

  @Test
  void entriesThatCannotBeShownAreLeftOutAndTheOthersAreNot() {
    assertThat(
            page(
                TOOLS,
                false,
                said(
                    sap,
                    "{'tools':[{'name':'ok'},7,null,[],'text',{},{'name':7},{'name':'a b'},"
                        + "{'name':''},{'name':'"
                        + "x".repeat(61)
                        + "'},{'name':'last'}]}")))
        .isEqualTo("{'tools':[{'name':'sap_ok'},{'name':'sap_last'}]}");
  }

  @Test
  void ofTwoEntriesOfOneNameTheFirstIsShown() {
    assertThat(
            page(
                TOOLS,
                false,
                said(sap, "{'tools':[{'name':'a','v':1},{'name':'a','v':2}]}"),
                said(crm, "{'tools':[{'name':'a','v':3}]}")))
        .isEqualTo("{'tools':[{'name':'sap_a','v':1},{'name':'crm_a','v':3}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'tools':{}}", "{'tools':null}", "{'tools':'x'}", "[]", "'x'", "null"})
  void aPageWithoutAListIsAnEmptyOne(String odd) {
    assertThat(page(TOOLS, false, said(sap, odd), said(crm, "{'tools':[{'name':'a'}]}")))
        .isEqualTo("{'tools':[{'name':'crm_a'}]}");
  }

  @Test
  void resourcesAreKnownByAddressAndTemplatesByTheirs() {
    assertThat(
            page(
                RESOURCES,
                false,
                said(
                    sap, "{'resources':[{'uri':'f:a','name':'n'},{'name':'none'},{'uri':'f:a'}]}")))
        .isEqualTo("{'resources':[{'uri':'sap+f:a','name':'n'},{'name':'none'}]}");
    assertThat(
            page(
                TEMPLATES,
                false,
                said(
                    crm,
                    "{'resourceTemplates':[{'uriTemplate':'f:{x}'},{'uriTemplate':'f:{y}'}]}")))
        .isEqualTo(
            "{'resourceTemplates':[{'uriTemplate':'crm+f:{x}'},{'uriTemplate':'crm+f:{y}'}]}");
  }

  @Test
  void aCursorHoldsThoseOfTheServersThatHaveMore() {
    JsonObject page =
        lists.page(
            TOOLS,
            false,
            Map.of(),
            List.of(
                said(sap, "{'tools':[],'nextCursor':'s\\u00e4p:2'}"),
                said(crm, "{'tools':[],'nextCursor':null}")));
    assertThat(cursors(page)).containsExactly(Map.entry("sap", JsonString.of("s\u00e4p:2")));
    JsonObject both =
        lists.page(
            TOOLS,
            false,
            Map.of(),
            List.of(said(sap, "{'nextCursor':''}"), said(crm, "{'nextCursor':'\\n'}")));
    assertThat(cursors(both))
        .containsExactly(
            Map.entry("sap", JsonString.of("")), Map.entry("crm", JsonString.of("\n")));
    assertThat(((JsonString) Objects.requireNonNull(both.get("nextCursor"))).value())
        .matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "{}", "['x']"})
  void aCursorThatIsNoTextIsTheServersEnd(String odd) {
    assertThat(
            cursors(
                lists.page(
                    TOOLS, false, Map.of(), List.of(said(sap, "{'nextCursor':" + odd + "}")))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "null",
        "[]",
        "{}",
        "'e3'",
        "'W10'",
        "'eyJhIjo'",
        "'not base64!'",
        "'e30\\n'",
        "'eyJhIjoxLCJhIjoyfQ'",
        "'//8'"
      })
  void whatIsNoCursorOfOursIsNone(String cursor) {
    assertThat(MergedLists.cursors(json(cursor))).isNull();
  }

  @Test
  void aCursorWithNothingInItAsksNobody() {
    assertThat(MergedLists.cursors(JsonString.of("e30"))).isEmpty();
  }

  @Test
  void aForgedCursorIsReadAsItIsAndItsServersAreNotInvented() {
    String forged =
        Base64.getUrlEncoder()
            .encodeToString(
                "{\"erp\":\"x\",\"sap\":{\"deep\":1}}".getBytes(StandardCharsets.UTF_8));
    assertThat(MergedLists.cursors(JsonString.of(forged)))
        .containsEntry("sap", json("{'deep':1}"))
        .containsEntry("erp", JsonString.of("x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ttlMs':50} | {'ttlMs':20} | 20",
        "{'ttlMs':50} | {} | 0",
        "{'ttlMs':50} | {'ttlMs':'20'} | 0",
        "{'ttlMs':50} | {'ttlMs':1.5} | 0",
        "{'ttlMs':50} | {'ttlMs':1e30} | 0",
        "{'ttlMs':50} | {'ttlMs':-20} | 0",
        "{'ttlMs':9007199254740993} | {'ttlMs':9007199254740993} | 9007199254740993",
      })
  void aPageLastsAsLongAsTheShortestOfItsParts(String one, String other, String ttl) {
    assertThat(page(TOOLS, true, said(sap, one), said(crm, other)))
        .isEqualTo(
            "{'tools':[],'resultType':'complete','ttlMs':" + ttl + ",'cacheScope':'private'}");
  }

  @Test
  void aPageOfWhichAPartIsMissingIsNotKeptAndOneOfNobodyNeither() {
    assertThat(
            page(TOOLS, true, said(sap, "{'ttlMs':50}"), said(crm, new UpstreamResult.TimedOut(0))))
        .contains("'ttlMs':0,");
    assertThat(
            page(
                TOOLS,
                true,
                said(sap, "{'ttlMs':50}"),
                error(crm, "{'code':-32601,'message':'m'}")))
        .as("a server without such a list misses nothing")
        .contains("'ttlMs':50,");
    assertThat(page(TOOLS, true)).contains("'ttlMs':0,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'code':-32601,'message':'m'} | true",
        "{'code':-32601.0,'message':'m'} | true",
        "{'code':-32602,'message':'m'} | false",
        "{'code':1e40,'message':'m'} | false",
        "{'code':'-32601'} | false",
        "{} | false",
        "'x' | false"
      })
  void onlyAMethodThatIsNotThereIsAsGoodAsAnEmptyList(String error, boolean none) {
    assertThat(MergedLists.isNone(error(sap, error))).isEqualTo(none);
    assertThat(MergedLists.isNone(said(sap, "{'code':-32601}"))).as("no error at all").isFalse();
  }

  @Test
  void eachPageOfToolsIsToldAsTheServerGaveItWithWhereItBegan() {
    lists.page(
        TOOLS,
        false,
        Map.of("crm", JsonString.of("p2")),
        List.of(said(sap, "{'tools':[7]}"), said(crm, "{'tools':[{'name':'a b'}]}")));
    lists.page(RESOURCES, false, Map.of(), List.of(said(sap, "{'resources':[]}")));
    assertThat(listened)
        .containsExactly("sap null {\"tools\":[7]}", "crm \"p2\" {\"tools\":[{\"name\":\"a b\"}]}");
  }

  @Test
  void whatAServerHasIsKnownOnceOnePageHoldsAllOfIt() {
    page(TOOLS, false, said(sap, "{'tools':[{'name':'a'}],'nextCursor':'p2'}"));
    assertThat(sap.health().report(sap.entry()).tools()).as("there is more").isNull();
    lists.page(
        TOOLS, false, Map.of("sap", JsonString.of("p2")), List.of(said(sap, "{'tools':[]}")));
    assertThat(sap.health().report(sap.entry()).tools()).as("the rest alone").isNull();
    page(TOOLS, false, said(sap, "{'tools':[{'name':'a'},{'name':'long.name'},{'name':'a b'}]}"));
    assertThat(sap.health().report(sap.entry()).tools()).containsExactly("sap.a", "sap.long.name");
  }
}
