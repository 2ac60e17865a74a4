package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which era a request is, and what its headers may say (mcp M3, M12). */
@Timeout(60)
class ErasTest {
  @TempDir static Path directory;
  private static TestGate gate;

  @BeforeAll
  static void start() {
    gate = TestGate.start(directory);
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  private static Answer post(String body, String headers) {
    String[] all =
        headers.isEmpty()
            ? new String[0]
            : java.util.Arrays.stream(headers.split(";", -1))
                .flatMap(each -> java.util.Arrays.stream(each.split("=", 2)))
                .toArray(String[]::new);
    return gate.post("/v1/mcp", body.replace('\'', '"'), all);
  }

  private static String outcome(Answer answer) {
    String code =
        answer.body().length == 0 ? "" : " " + TestGate.json(answer).at("/error/code").asText();
    return (answer.status() + code).strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 200",
        "MCP-Protocol-Version=2025-11-25 | 200",
        "MCP-Protocol-Version=2026-07-27 | 200",
        "MCP-Protocol-Version=2026-07-28 | 400 -32602",
        "MCP-Protocol-Version= 2026-07-28  | 400 -32602",
        "MCP-Protocol-Version=2027-01-01 | 400 -32602",
        "MCP-Protocol-Version=DRAFT-2026 | 400 -32602",
        "MCP-Protocol-Version=2026-07-28x | 200",
        "MCP-Protocol-Version=2026 | 200",
        "Mcp-Method=tools/list | 200",
        "Mcp-Method=tools/call | 400 -32020",
        "Mcp-Method=tools/list;Mcp-Method=tools/list | 400 -32020",
        "Mcp-Name=anything | 200"
      })
  void aRequestWithoutAVersionOfItsOwnIsOfTheEraItsHeaderNames(String headers, String outcome) {
    assertThat(outcome(post("{'jsonrpc':'2.0','id':1,'method':'tools/list'}", headers)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=METHOD | tools/list | 200",
        "MCP-Protocol-Version=2026-07-28 | tools/list | 400 -32020",
        "Mcp-Method=METHOD | tools/list | 400 -32020",
        "MCP-Protocol-Version=2025-11-25;Mcp-Method=METHOD | tools/list | 400 -32020",
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=METHOD | server/discover | 200",
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=METHOD | ping | 404 -32601",
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=METHOD | logging/setLevel | 404 -32601",
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=METHOD | rpc/none | 404 -32601",
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=tools/list | ping | 400 -32020"
      })
  void aRequestThatNamesItsVersionIsOfTheStatelessEra(
      String headers, String method, String outcome) {
    String body =
        "{'jsonrpc':'2.0','id':1,'method':'"
            + method
            + "','params':{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}}";
    assertThat(outcome(post(body, headers.replace("METHOD", method)))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 200",
        "MCP-Protocol-Version=2026-07-28 | 200",
        "Mcp-Method=initialize | 200",
        "Mcp-Method=INITIALIZE | 400 -32020",
        "Mcp-Method=tools/call | 400 -32020",
        "Mcp-Method=initialize;Mcp-Method=tools/call | 400 -32020",
        "MCP-Protocol-Version=2026-07-28;Mcp-Method=tools/call;Mcp-Name=pay | 400 -32020"
      })
  void aSessionIsBegunInAnyVersionAndNobodyBetweenIsToldOfAnotherCall(
      String headers, String outcome) {
    for (String params :
        new String[] {"{}", "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}"}) {
      assertThat(
              outcome(
                  post(
                      "{'jsonrpc':'2.0','id':1,'method':'initialize','params':" + params + "}",
                      headers)))
          .as(params)
          .isEqualTo(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'jsonrpc':'2.0','method':'notifications/initialized'} | 202",
        "{'jsonrpc':'2.0','method':'rpc/none'} | 202",
        "{'jsonrpc':'2.0','method':'tools/call','params':7} | 202",
        "{'jsonrpc':'2.0','method':'tools/call','params':{'name':''}} | 202",
        "{'jsonrpc':'2.0','id':null,'method':'rpc/none'} | 200 -32601",
        "{'jsonrpc':'2.0','id':1,'method':'Tools/call','params':{'name':'a'}} | 200 -32601",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call'} | 200 -32602",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':null} | 200 -32602",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':[]} | 200 -32602",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':7}} | 200 -32602",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':null}} | 200 -32602",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','arguments':[]}}"
            + " | 200 -32602",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'read_a','arguments':null}}"
            + " | 200",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','Arguments':{}}}"
            + " | 200 -32600",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a'},'Params':{}}"
            + " | 200 -32600",
        "{'jsonrpc':'2.0','id':1,'method':7} | 200 -32600",
        "{'jsonrpc':'2.0','id':1,'method':''} | 200 -32600",
        "{'jsonrpc':'2.0','id':1} | 200 -32600",
        "{'jsonrpc':2.0,'id':1,'method':'ping'} | 200 -32600",
        "{'jsonrpc':'2','id':1,'method':'ping'} | 200 -32600",
        "{'id':1,'method':'ping'} | 200 -32600",
        "{'jsonrpc':'2.0','id':1,'result':{}} | 400 -32600",
        "{'jsonrpc':'2.0','id':1,'error':{}} | 400 -32600",
        "[] | 200 -32700",
        "[{'jsonrpc':'2.0','id':1,'method':'ping'}] | 200 -32700",
        "null | 200 -32600",
        "7 | 200 -32700",
        "`` | 200 -32700"
      })
  void anEnvelopeIsReadToTheLetterAndANotificationIsNeverAnswered(String body, String outcome) {
    assertThat(outcome(post(body, ""))).isEqualTo(outcome);
  }

  @Test
  void anAnswerCarriesTheIdAsItWasWritten() {
    for (String id :
        new String[] {
          "1", "1.0", "-0", "1e2", "\"a\\u0062\"", "\"\"", "null", "[1]", "{\"a\":1}"
        }) {
      Answer answer =
          gate.post("/v1/mcp", "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
      assertThat(answer.text()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",");
    }
  }
}
