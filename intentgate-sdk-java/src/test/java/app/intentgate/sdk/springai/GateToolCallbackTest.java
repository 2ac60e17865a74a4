package app.intentgate.sdk.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.sdk.AnsweringGate;
import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.GateUnavailable;
import app.intentgate.sdk.ToolDescription;
import app.intentgate.sdk.UpstreamFailed;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;

/** Tools of a gate in the hands of Spring AI. */
@Timeout(60)
class GateToolCallbackTest {
  private final AnsweringGate gate = new AnsweringGate();

  @AfterEach
  void close() {
    gate.close();
  }

  private GateToolCallback callback(String name, String description, String schema) {
    return new GateToolCallback(
        gate.client, ToolDescription.of(name, description, (JsonObject) JsonReader.parse(schema)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pay | pays | {\"type\":\"object\",\"properties\":{\"ä\":true}}"
            + " | pays | {\"type\":\"object\",\"properties\":{\"ä\":true}}",
        "pay | '' | {} | pay | {\"type\":\"object\",\"properties\":{}}",
        "a.b/c d | x | {\"n\":1.10} | x | {\"n\":1.10}",
      })
  void a_tool_is_described_as_it_came_and_never_without_words_or_schema(
      String name, String description, String schema, String words, String shown) {
    var definition = callback(name, description, schema).getToolDefinition();

    assertThat(definition.name()).isEqualTo(name);
    assertThat(definition.description()).isEqualTo(words);
    assertThat(definition.inputSchema()).isEqualTo(shown);
  }

  @Test
  void a_call_carries_what_the_tool_context_says() {
    gate.result("{\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}");

    String text =
        callback("pay", "", "{}")
            .call("{\"id\":7}", new ToolContext(Map.of(ContextKeys.TASK, "t7", "chatId", 1)));

    assertThat(text).isEqualTo("paid");
    assertThat(gate.params()).isEqualTo("{\"name\":\"pay\",\"arguments\":{\"id\":7}}");
    assertThat(gate.last().header("X-Task-Id")).isEqualTo("t7");
  }

  @Test
  void a_call_without_a_context_carries_nothing() {
    gate.result("{\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}");

    assertThat(callback("pay", "", "{}").call("")).isEqualTo("paid");
    assertThat(callback("pay", "", "{}").call("{}", null)).isEqualTo("paid");
    assertThat(gate.last().header("X-Task-Id")).isNull();
  }

  @Test
  void a_denial_and_a_call_that_waits_are_texts_for_the_model() {
    gate.error(-32013, "budget check failed", "\"50 calls\"");
    assertThat(callback("pay", "", "{}").call("{}")).contains("50 calls").contains("refused");

    gate.error(-32019, "approval pending", "{\"pending_id\":\"p7\"}");
    assertThat(callback("pay", "", "{}").call("{}")).contains("p7");

    assertThat(callback("pay", "", "{}").call("no JSON")).contains("not carried out");
  }

  @Test
  void an_outage_is_the_frameworks_exception_with_ours_as_its_cause() {
    gate.answer(500, "{}");
    assertThatThrownBy(() -> callback("pay", "", "{}").call("{}"))
        .isInstanceOfSatisfying(
            ToolExecutionException.class,
            e -> assertThat(e.getToolDefinition().name()).isEqualTo("pay"))
        .hasCauseInstanceOf(GateUnavailable.class);

    gate.error(-32603, "upstream error", "\"tool server is away\"");
    assertThatThrownBy(() -> callback("pay", "", "{}").call("{}"))
        .isInstanceOf(ToolExecutionException.class)
        .hasCauseInstanceOf(UpstreamFailed.class);
  }

  @Test
  void one_tool_without_a_name_takes_no_other_tool_from_the_model() {
    gate.result("{\"tools\":[{\"description\":\"nameless\"},{\"name\":\"pay\"}]}");

    ToolCallback[] tools = new GateToolCallbacks(gate.client).getToolCallbacks();

    assertThat(tools).extracting(tool -> tool.getToolDefinition().name()).containsExactly("pay");
  }

  @Test
  void tools_are_listed_for_whoever_is_the_user_at_that_moment() {
    gate.result("{\"tools\":[]}");
    StringBuilder task = new StringBuilder("t");
    GateToolCallbacks callbacks =
        new GateToolCallbacks(
            gate.client, () -> CallOptions.none().task(task.append('t').toString()));

    callbacks.getToolCallbacks();
    callbacks.getToolCallbacks();

    assertThat(gate.gate.requests)
        .extracting(seen -> seen.header("X-Task-Id"))
        .containsExactly("tt", "ttt");
  }
}
