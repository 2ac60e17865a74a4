package app.intentgate.sdk.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.sdk.AnsweringGate;
import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.GateUnavailable;
import app.intentgate.sdk.PolicyDenied;
import app.intentgate.sdk.ToolResult;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools of a gate in the hands of LangChain4j. */
@Timeout(60)
class GateToolsTest {
  private final AnsweringGate gate = new AnsweringGate();

  @AfterEach
  void close() {
    gate.close();
  }

  private static ToolExecutionRequest request(String name, String arguments) {
    return ToolExecutionRequest.builder().id("1").name(name).arguments(arguments).build();
  }

  private static InvocationContext context(Map<String, Object> parameters) {
    return InvocationContext.builder()
        .invocationParameters(InvocationParameters.from(parameters))
        .build();
  }

  private ToolProviderResult provided(Map<String, Object> parameters) {
    return new GateToolProvider(gate.client)
        .provideTools(
            ToolProviderRequest.builder()
                .invocationContext(context(parameters))
                .userMessage(UserMessage.from("hello"))
                .build());
  }

  private ToolExecutionResult executed(Map<String, Object> parameters) {
    return new GateToolExecutor(gate.client, "pay")
        .executeWithContext(request("pay", "{\"id\":7}"), context(parameters));
  }

  @Test
  void a_call_carries_what_the_invocation_says_and_gives_the_result_itself() {
    gate.result("{\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}");

    ToolExecutionResult result = executed(Map.of(ContextKeys.PROMPT, "pay 7", "other", 1));

    assertThat(result.resultText()).isEqualTo("paid");
    assertThat(result.isError()).isFalse();
    assertThat(((ToolResult) result.result()).text()).isEqualTo("paid");
    assertThat(gate.params()).isEqualTo("{\"name\":\"pay\",\"arguments\":{\"id\":7}}");
    assertThat(gate.last().header("X-Intent-Prompt")).isEqualTo("pay 7");
  }

  @Test
  void a_denial_is_an_error_the_model_reads_with_the_exception_beside_it() {
    gate.error(-32012, "policy check failed", "\"too much\"");

    ToolExecutionResult result = executed(Map.of());

    assertThat(result.isError()).isTrue();
    assertThat(result.resultText()).contains("refused").contains("too much");
    assertThat(result.result()).isInstanceOf(PolicyDenied.class);
  }

  @Test
  void an_outage_is_thrown_for_the_frameworks_own_handler() {
    gate.answer(503, "{}");

    assertThatThrownBy(() -> executed(Map.of())).isInstanceOf(GateUnavailable.class);
  }

  @Test
  void the_gates_name_of_the_tool_is_called_whatever_the_model_calls_it() {
    gate.result("{\"content\":[]}");

    String text =
        new GateToolExecutor(gate.client, "read").execute(request("PAY", "{\"a\":1}"), "memory");

    assertThat(text).isEqualTo("{\"content\":[]}");
    assertThat(gate.params()).isEqualTo("{\"name\":\"read\",\"arguments\":{\"a\":1}}");
  }

  @Test
  void a_parameter_of_the_wrong_type_stops_the_call_before_it_is_sent() {
    gate.result("{}");

    assertThatThrownBy(() -> executed(Map.of(ContextKeys.USER, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ContextKeys.USER);
    assertThat(gate.gate.requests).isEmpty();
  }

  @Test
  void one_odd_tool_takes_no_other_tool_from_the_model() {
    gate.result(
        "{\"tools\":[{\"name\":\"\"},{\"name\":\"odd.name/1\",\"inputSchema\":{\"properties\":"
            + "{\"x\":true}}},{\"name\":\"pay\",\"description\":\"pays\"}]}");

    ToolProviderResult tools = provided(Map.of(ContextKeys.TASK, "t7"));

    assertThat(tools.aiServiceTools())
        .extracting(AiServiceTool::name)
        .containsExactly("odd.name/1", "pay");
    assertThat(gate.last().header("X-Task-Id")).isEqualTo("t7");
    gate.result("{\"content\":[]}");
    tools.aiServiceTools().get(0).toolExecutor().execute(request("odd.name/1", "{}"), null);
    assertThat(gate.params()).startsWith("{\"name\":\"odd.name/1\"");
  }

  @Test
  void the_gate_is_asked_for_its_tools_at_each_invocation() {
    gate.result("{\"tools\":[{\"name\":\"pay\"}]}");
    provided(Map.of());
    gate.result("{\"tools\":[]}");

    assertThat(provided(Map.of()).aiServiceTools()).isEmpty();
    assertThat(gate.gate.requests).hasSize(2);
  }
}
