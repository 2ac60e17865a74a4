package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request as one server gets it: nothing of the sessions and names of others. */
class ForServerTest {
  private static final UpstreamRequest REQUEST =
      new UpstreamRequest(
          new byte[0],
          JsonNumber.of(1),
          "crm_read",
          List.of(
              "mcp-session-id", "all of them",
              "LAST-EVENT-ID", "crm!7",
              "MCP-Protocol-Version", "2026-07-28",
              "Mcp-Name", "crm_read",
              "Mcp-Param-Region", "eu",
              "traceparent", "00-1-2-01"));

  @Test
  void theServersOwnSessionVersionAndNameTakeThePlaceOfTheJoinedOnes() {
    assertThat(ForServer.headers(REQUEST, new Opened("own", "2025-06-18"), "read", "7"))
        .containsExactly(
            "MCP-Protocol-Version", "2025-06-18",
            "Mcp-Name", "read",
            "Mcp-Param-Region", "eu",
            "traceparent", "00-1-2-01",
            "Mcp-Session-Id", "own",
            "Last-Event-ID", "7");
  }

  @Test
  void withoutASessionOfItsOwnItGetsNone() {
    assertThat(ForServer.headers(REQUEST, null, null, null))
        .containsExactly(
            "MCP-Protocol-Version", "2026-07-28",
            "Mcp-Name", "crm_read",
            "Mcp-Param-Region", "eu",
            "traceparent", "00-1-2-01");
    assertThat(ForServer.headers(REQUEST, new Opened("", "2025-06-18"), null, null))
        .as("one that keeps no session is spoken to in its version")
        .contains("2025-06-18")
        .doesNotContain("Mcp-Session-Id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gr\u00fc\u00dfe", "two\nlines", "", " padded", "=?base64?x?="})
  void aNameThatNoHeaderCanHoldIsEncoded(String name) {
    List<String> headers = ForServer.headers(REQUEST, null, name, null);
    assertThat(headers.get(headers.indexOf("Mcp-Name") + 1))
        .startsWith("=?base64?")
        .endsWith("?=")
        .matches("[!-~]+");
  }

  @Test
  void aCallNamesItsToolForItsCredentialAndNothingElseDoes() {
    SessionMap session = SessionMap.of(Map.of());
    for (String method : Set.of("tools/call", "prompts/get", "resources/read")) {
      JsonObject body = JsonObject.builder(1).put("method", method).build();
      UpstreamRequest sent =
          ForServer.post(
              new Message(REQUEST.of(() -> "acme"), body, session),
              "{}".getBytes(StandardCharsets.UTF_8),
              null,
              "read");
      assertThat(sent.tool()).as(method).isEqualTo(method.equals("tools/call") ? "read" : null);
      assertThat(sent.id()).isEqualTo(JsonNumber.of(1));
      assertThat(sent.tenant().get()).isEqualTo("acme");
    }
  }
}
