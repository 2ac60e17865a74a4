package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client's headers say that it can read, and which of them a tool server gets. */
class ClientHeadersTest {
  private static HttpFields fields(String... namesAndValues) {
    HttpFields.Mutable out = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text/event-stream | true",
        "TEXT/Event-Stream | true",
        "application/json, text/event-stream | true",
        "application/json,text/event-stream | true",
        " text/event-stream ; charset=utf-8 | true",
        "text/event-stream;q=0.5 | true",
        "text/event-stream;q=1 | true",
        "text/event-stream;q=0.001 | true",
        "text/event-stream;q=0 | false",
        "text/event-stream;q=0. | false",
        "text/event-stream;q=0.0 | false",
        "text/event-stream;q=0.000 | false",
        "text/event-stream; Q=0 | false",
        "text/event-stream ; q = 0 | false",
        "text/event-stream;a=b;q=0 | false",
        "text/event-stream;q=0, text/event-stream | true",
        "*/* | false",
        "text/* | false",
        "text/event-streams | false",
        "text/event-stream+json | false",
        "application/json;profile=text/event-stream | false",
        "`` | false",
        ", ,; | false"
      })
  void aStreamIsGivenToWhoAsksForItByName(String accept, boolean stream) {
    assertThat(Accepted.has(fields("Accept", accept), "text/event-stream")).isEqualTo(stream);
    assertThat(Accepted.has(fields("Accept", "a/b", "Accept", accept), "text/event-stream"))
        .as("in a second header")
        .isEqualTo(stream);
  }

  @Test
  void whoSaysNothingAsksForNoStream() {
    assertThat(Accepted.has(fields(), "text/event-stream")).isFalse();
  }

  @Test
  void onlyHeadersOfAListGoOnToATool() {
    List<String> out =
        ForwardedHeaders.of(
            fields(
                "Authorization", "Bearer secret-1",
                "Cookie", "a=b",
                "Host", "gate",
                "Content-Length", "7",
                "Content-Type", "application/json",
                "Accept", "text/event-stream",
                "Connection", "close",
                "Transfer-Encoding", "chunked",
                "X-Forwarded-For", "1.2.3.4",
                "X-Intent-Prompt", "the user's words",
                "X-IntentGate-OBO", "secret-2",
                "X-IntentGate-Approval-Id", "p-1",
                "Mcp-Session-Id", "the client's own",
                "MCP-PROTOCOL-VERSION", "2025-11-25",
                "last-event-id", "e1",
                "Mcp-Method", "tools/call",
                "Mcp-Name", "read",
                "Mcp-Param-Region", "eu",
                "MCP-PARAM-", "x",
                "Mcp-Params", "y",
                "traceparent", "00-1-2-01",
                "TraceState", "a=1",
                "baggage", "b=2",
                "tracestate-x", "z"),
            "");
    assertThat(out)
        .containsExactly(
            "MCP-PROTOCOL-VERSION", "2025-11-25",
            "last-event-id", "e1",
            "Mcp-Method", "tools/call",
            "Mcp-Name", "read",
            "Mcp-Param-Region", "eu",
            "MCP-PARAM-", "x",
            "traceparent", "00-1-2-01",
            "TraceState", "a=1",
            "baggage", "b=2");
  }

  @Test
  void theServersOwnSessionTakesThePlaceOfTheClientsAndComesFirst() {
    assertThat(ForwardedHeaders.of(fields("Mcp-Session-Id", "theirs", "baggage", "b"), "own"))
        .containsExactly("Mcp-Session-Id", "own", "baggage", "b");
    assertThat(ForwardedHeaders.of(fields("Mcp-Session-Id", "theirs"), "")).isEmpty();
    assertThat(ForwardedHeaders.of(fields(), "own")).containsExactly("Mcp-Session-Id", "own");
  }

  @Test
  void whatComesTwiceGoesOnTwice() {
    assertThat(ForwardedHeaders.of(fields("baggage", "a", "baggage", "b"), ""))
        .isEqualTo(Arrays.asList("baggage", "a", "baggage", "b"));
  }
}
