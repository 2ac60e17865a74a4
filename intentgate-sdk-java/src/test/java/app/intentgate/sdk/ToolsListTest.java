package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.testing.Eventually;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listing tools, page by page, from gates that answer oddly. */
@Timeout(60)
class ToolsListTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final FakeGate gate = new FakeGate();
  private final IntentGateClient client =
      IntentGateClient.builder().url(gate.url()).retries(0).build();

  @AfterEach
  void close() {
    client.close();
    gate.close();
  }

  private void list(String result) {
    gate.json("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":" + result + "}");
  }

  private List<String> names() {
    return client.tools().stream().map(ToolDescription::name).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]} | a b",
        "{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":\"\"} | a",
        "{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":null} | a",
        "{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":7} | a",
        "{\"tools\":[{\"name\":\"\"},{\"name\":\" \"},{\"name\":7},{},{\"name\":\"a\"}]} | a",
        "{\"tools\":[1,null,[],\"x\",{\"name\":\"a\"}]} | a",
        "{\"tools\":[{\"name\":\"a/b.c d\"},{\"name\":\"ä€\"}]} | a/b.c d ä€",
        "{\"tools\":{}} | ''",
        "{} | ''",
        "[] | ''",
      })
  void whatever_is_listed_only_what_can_be_called_is_a_tool(String result, String tools) {
    list(result);

    assertThat(String.join(" ", names())).isEqualTo(tools);
    assertThat(gate.requests).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\"} | {} | ''",
        "{\"name\":\"a\",\"inputSchema\":true,\"description\":null} | {} | ''",
        "{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\"},\"description\":\"d\"}"
            + " | {\"type\":\"object\"} | d",
      })
  void a_description_is_read_as_far_as_it_goes_and_kept_whole(
      String tool, String schema, String description) {
    list("{\"tools\":[" + tool + "]}");

    ToolDescription read = client.tools().get(0);

    assertThat(read.inputSchema()).hasToString(schema);
    assertThat(read.description()).isEqualTo(description);
    assertThat(read.json()).hasToString(tool);
  }

  @Test
  void a_list_that_goes_on_from_the_same_place_is_an_error_and_no_endless_list() {
    list("{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":\"round\"}");

    assertThatThrownBy(client::tools)
        .isInstanceOfSatisfying(ProtocolError.class, e -> assertThat(e.mayHaveRun()).isFalse())
        .hasMessageContaining("never ends");
    assertThat(gate.requests).hasSize(2);
  }

  @Test
  void a_list_of_ever_new_pages_ends_after_a_hundred() {
    gate.script(
        (exchange, seen) ->
            FakeGate.reply(
                exchange,
                200,
                JSON,
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + seen.id()
                    + ",\"result\":{\"tools\":[{\"name\":\"t"
                    + gate.requests.size()
                    + "\"}],\"nextCursor\":\"c"
                    + gate.requests.size()
                    + "\"}}"));

    assertThat(names())
        .isEqualTo(
            IntStream.rangeClosed(1, 100).mapToObj(i -> "t" + i).collect(Collectors.toList()));
    assertThat(gate.requests.get(99).body().get("params"))
        .isEqualTo(JsonObject.of("cursor", JsonValue.of("c99")));
  }

  @Test
  void a_page_that_fails_fails_the_list() {
    gate.script(
        (exchange, seen) -> {
          boolean first = gate.requests.size() == 1;
          FakeGate.reply(
              exchange,
              first ? 200 : 401,
              JSON,
              first
                  ? "{\"jsonrpc\":\"2.0\",\"id\":"
                      + seen.id()
                      + ",\"result\":{\"tools\":[],\"nextCursor\":\"c\"}}"
                  : "{\"error\":\"token revoked\"}");
        });

    assertThatThrownBy(client::tools)
        .isInstanceOf(CapabilityDenied.class)
        .hasMessageContaining("token revoked");
  }

  @Test
  void each_page_is_asked_for_with_the_same_options() {
    gate.script(
        (exchange, seen) ->
            FakeGate.reply(
                exchange,
                200,
                JSON,
                "{\"jsonrpc\":\"2.0\",\"id\":"
                    + seen.id()
                    + ",\"result\":{\"tools\":[]"
                    + (gate.requests.size() < 3
                        ? ",\"nextCursor\":\"c" + gate.requests.size() + "\"}}"
                        : "}}")));

    client.tools(CallOptions.none().task("t7"));

    assertThat(gate.requests)
        .extracting(seen -> seen.header("X-Task-Id"))
        .containsExactly("t7", "t7", "t7");
  }

  /** A client whose requests never end, and the requests. */
  private static IntentGateClient silent(List<CompletableFuture<Object>> requests) {
    return IntentGateClient.builder()
        .url("http://gate.invalid")
        .httpClient(
            new StubHttpClient(
                request -> {
                  CompletableFuture<Object> sent = new CompletableFuture<>();
                  requests.add(sent);
                  return sent;
                }))
        .build();
  }

  @Test
  void cancelling_the_list_lets_go_of_the_request() {
    List<CompletableFuture<Object>> requests = new CopyOnWriteArrayList<>();
    try (IntentGateClient silent = silent(requests)) {
      CompletableFuture<List<ToolDescription>> tools = silent.toolsAsync(CallOptions.none());

      tools.cancel(true);

      Eventually.until(() -> requests.get(0).isCancelled());
    }
  }

  @Test
  void an_interrupt_while_tools_are_listed_lets_go_of_the_request_too() {
    List<CompletableFuture<Object>> requests = new CopyOnWriteArrayList<>();
    try (IntentGateClient silent = silent(requests)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(silent::tools).isInstanceOf(TransportError.class);

      assertThat(Thread.interrupted()).isTrue();
      Eventually.until(() -> requests.get(0).isCancelled());
    }
  }
}
