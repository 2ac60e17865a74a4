package app.intentgate.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that repeat what a body says, and those that say something else (mcp M3). */
class HeadersAndBodyTest {
  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  private static HeaderCheck.Headers headers(String... namesAndValues) {
    Map<String, List<String>> all = new java.util.HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.computeIfAbsent(namesAndValues[i], n -> new java.util.ArrayList<>())
          .add(namesAndValues[i + 1]);
    }
    return name -> all.getOrDefault(name, List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "a b | a b",
        "~!@ | ~!@",
        "`` | =?base64??=",
        "` a` | =?base64?IGE=?=",
        "`a ` | =?base64?YSA=?=",
        "gr\u00fc\u00dfe | =?base64?Z3LDvMOfZQ==?=",
        "a\\tb | =?base64?YQli?=",
        "=?base64?YQ==?= | =?base64?PT9iYXNlNjQ/WVE9PT89?=",
        "=?base64? | =?base64?PT9iYXNlNjQ/?="
      })
  void whatAHeaderCannotHoldIsEncodedAndReadBack(String text, String header) {
    String raw = text.replace("\\t", "\t");
    assertThat(HeaderText.encode(raw)).isEqualTo(header);
    assertThat(HeaderText.decode(header)).isEqualTo(raw);
    assertThat(HeaderText.decode(" " + header + "\t")).as("blanks around").isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?base64?!?=",
        "=?base64?/w==?=",
        "=?base64?YQ=?=",
        "=?base64?YQ===?=",
        "=?base64?Y Q==?="
      })
  void whatIsEncodedAndDoesNotDecodeIsNothing(String header) {
    assertThat(HeaderText.decode(header)).isNull();
    assertThat(
            HeaderCheck.mismatch(
                headers("MCP-Protocol-Version", "v", "Mcp-Method", header), "v", "", null))
        .isEqualTo("header Mcp-Method differs from the request's body");
  }

  @ParameterizedTest
  @CsvSource({
    "=?base64?=,=?base64?=",
    "=?BASE64?YQ==?=,=?BASE64?YQ==?=",
    "=?base64?YQ==,=?base64?YQ=="
  })
  void whatOnlyLooksEncodedIsItself(String header, String text) {
    assertThat(HeaderText.decode(header)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools/call | {'name':'a'} | a",
        "prompts/get | {'name':'a'} | a",
        "resources/read | {'uri':'a','name':'b'} | a",
        "tasks/get | {'taskId':'a'} | a",
        "tasks/update | {'taskId':'a'} | a",
        "tasks/cancel | {'taskId':'a'} | a",
        "tasks/result | {'taskId':'a'} | null",
        "tools/list | {'name':'a'} | null",
        "Tools/call | {'name':'a'} | null",
        "tools/call | {'name':7} | null",
        "tools/call | {} | null",
        "tools/call | [] | null",
        "tools/call | null | null"
      })
  void whatARequestActsOnIsNamedByItsOwnMember(String method, String params, String name) {
    assertThat(String.valueOf(HeaderCheck.nameOf(method, json(params)))).isEqualTo(name);
    assertThat(HeaderCheck.nameOf(method, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MCP-Protocol-Version=v;Mcp-Method=tools/call;Mcp-Name=a | null",
        "MCP-Protocol-Version=v;Mcp-Method=tools/call;Mcp-Name==?base64?YQ==?= | null",
        "Mcp-Method=tools/call;Mcp-Name=a | header MCP-Protocol-Version is missing",
        "MCP-Protocol-Version=w;Mcp-Method=x;Mcp-Name=y"
            + " | header MCP-Protocol-Version differs from the request's body",
        "MCP-Protocol-Version=v;MCP-Protocol-Version=v;Mcp-Method=tools/call;Mcp-Name=a"
            + " | header MCP-Protocol-Version came more than once",
        "MCP-Protocol-Version=v;Mcp-Name=a | header Mcp-Method is missing",
        "MCP-Protocol-Version=v;Mcp-Method=tools/list;Mcp-Name=a"
            + " | header Mcp-Method differs from the request's body",
        "MCP-Protocol-Version=v;Mcp-Method=tools/call;Mcp-Method=tools/list;Mcp-Name=a"
            + " | header Mcp-Method came more than once",
        "MCP-Protocol-Version=v;Mcp-Method=tools/call | header Mcp-Name is missing",
        "MCP-Protocol-Version=v;Mcp-Method=tools/call;Mcp-Name=A"
            + " | header Mcp-Name differs from the request's body",
        "MCP-Protocol-Version=v;Mcp-Method=tools/call;Mcp-Name=a;Mcp-Name=a"
            + " | header Mcp-Name came more than once"
      })
  void inTheStatelessEraEachHeaderIsThereOnceAndSaysTheSame(String given, String problem) {
    assertThat(
            String.valueOf(
                HeaderCheck.mismatch(parsed(given), "v", "tools/call", json("{'name':'a'}"))))
        .isEqualTo(problem);
  }

  private static HeaderCheck.Headers parsed(String given) {
    return headers(
        java.util.Arrays.stream(given.split(";", -1))
            .flatMap(each -> java.util.Arrays.stream(each.split("=", 2)))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "X=y | null",
        "Mcp-Method=tools/call | null",
        "Mcp-Name=a | null",
        "Mcp-Method=tools/list | header Mcp-Method differs from the request's body",
        "Mcp-Method= | header Mcp-Method differs from the request's body",
        "Mcp-Name=b | header Mcp-Name differs from the request's body",
        "Mcp-Name=a;Mcp-Name=b | header Mcp-Name came more than once",
        "Mcp-Method=tools/call;Mcp-Method=x | header Mcp-Method came more than once"
      })
  void inTheEraOfSessionsTheyMayBeLeftOutButNotContradict(String given, String problem) {
    assertThat(
            String.valueOf(
                HeaderCheck.contradiction(parsed(given), "tools/call", json("{'name':'a'}"))))
        .isEqualTo(problem);
  }

  @Test
  void aRequestThatActsOnNothingNeedsNoName() {
    HeaderCheck.Headers named =
        headers("MCP-Protocol-Version", "v", "Mcp-Method", "tools/list", "Mcp-Name", "x");
    assertThat(HeaderCheck.mismatch(named, "v", "tools/list", null)).isNull();
    assertThat(HeaderCheck.contradiction(named, "tools/list", null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'elicitation':{}} | f",
        "{'elicitation':{'form':{}}} | f",
        "{'elicitation':{'url':{}}} | u",
        "{'elicitation':{'form':{},'url':{}}} | fu",
        "{'elicitation':{'url':true}} | f",
        "{'elicitation':{'form':true,'url':{}}} | u",
        "{'elicitation':true} | ``",
        "{'elicitation':null} | ``",
        "{} | ``",
        "[] | ``",
        "null | ``"
      })
  void howAPersonCanBeAskedIsWhatTheClientDeclares(String capabilities, String ways) {
    JsonValue begun = json("{'capabilities':" + capabilities + "}");
    JsonValue meta =
        json("{'_meta':{'io.modelcontextprotocol/clientCapabilities':" + capabilities + "}}");
    assertThat(Elicits.ofInitialize(begun).toText()).isEqualTo(ways);
    assertThat(Elicits.ofMeta(meta).toText()).isEqualTo(ways);
    assertThat(Elicits.ofText(ways)).isEqualTo(Elicits.ofInitialize(begun));
    assertThat(Elicits.ofInitialize(begun).any()).isEqualTo(!ways.isEmpty());
    assertThat(Elicits.ofMeta(begun)).as("in another place").isEqualTo(Elicits.NOT);
    assertThat(Elicits.ofInitialize(null)).isEqualTo(Elicits.NOT);
  }

  @ParameterizedTest
  @CsvSource({
    "resources/read,JUDGE",
    "resources/list,ALLOW",
    "resources/,ALLOW",
    "resources/templates/list,DENY",
    "resources,DENY",
    "prompts/get,DENY",
    "tools/call,ALLOW",
    "Resources/read,DENY",
    "'',DENY"
  })
  void theLongestRuleThatFitsCounts(String method, String rule) {
    MethodRules rules =
        new MethodRules(
            Map.of(
                "*", MethodRule.DENY,
                "tools/*", MethodRule.JUDGE,
                "tools/call", MethodRule.ALLOW,
                "resources/*", MethodRule.ALLOW,
                "resources/re*", MethodRule.JUDGE,
                "resources/t*", MethodRule.DENY));
    assertThat(rules.find(method)).isEqualTo(MethodRule.valueOf(rule));
    assertThat(rules.denies(method)).isEqualTo(rule.equals("DENY"));
    assertThat(MethodRules.NONE.find(method)).isNull();
    assertThat(MethodRules.NONE.denies(method)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "tools/call,true,true",
    "initialize,false,true",
    "ping,false,true",
    "tasks/list,false,true",
    "server/discover,true,false",
    "subscriptions/listen,true,false",
    "rpc/none,false,false",
    "Tools/call,false,false",
    "notifications/initialized,false,true"
  })
  void aMethodIsOfOneEraOrOfBoth(String method, boolean modern, boolean sessions) {
    assertThat(McpMethods.isKnown(method, true)).isEqualTo(modern);
    assertThat(McpMethods.isKnown(method, false)).isEqualTo(sessions);
  }

  @ParameterizedTest
  @CsvSource({
    "resources/read,true", "prompts/get,true", "tasks/get,true", "tasks/anything,true",
    "resources/subscribe,true", "resources/list,false", "tools/list,false", "ping,false"
  })
  void aTokenThatListsItsToolsNamesWhatReadsAndRuns(String method, boolean named) {
    assertThat(McpMethods.needsPermission(method)).isEqualTo(named);
    assertThat(McpMethods.asTool(method)).isEqualTo("mcp:" + method);
  }
}
