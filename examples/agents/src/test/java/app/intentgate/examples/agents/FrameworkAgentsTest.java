package app.intentgate.examples.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditQuery;
import app.intentgate.examples.agents.langchain4j.LangChain4jAgent;
import app.intentgate.examples.agents.springai.SpringAiAgent;
import app.intentgate.sdk.IntentGateClient;
import app.intentgate.sdk.TokenSource;
import app.intentgate.token.CapabilityToken;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/** The agents of frameworks, with scripted models, each against a gate as it is served. */
@Timeout(60)
class FrameworkAgentsTest {
  @TempDir Path folder;
  private RealGate gate;
  private IntentGateClient client;

  @BeforeEach
  void start() throws Exception {
    gate = new RealGate(folder);
    CapabilityToken alice = gate.token("agent-of-alice", "read_*", "pay_invoice");
    CapabilityToken bob = gate.token("agent-of-bob", "read_*");
    Map<String, CapabilityToken> tokens = Map.of("alice", alice, "bob", bob);
    TokenSource source = request -> tokens.get(request.user());
    client = IntentGateClient.builder().url(gate.url()).token(source).build();
  }

  @AfterEach
  void stop() {
    client.close();
    gate.close();
  }

  private static final Script SCRIPT = new Script(Script.INVOICES.steps().subList(0, 3));

  /** A model of LangChain4j. */
  private static final class LangChainModel implements dev.langchain4j.model.chat.ChatModel {
    final List<List<String>> offered = new ArrayList<>();

    @Override
    public dev.langchain4j.model.chat.response.ChatResponse doChat(ChatRequest request) {
      offered.add(request.toolSpecifications().stream().map(tool -> tool.name()).toList());
      List<String> answers =
          request.messages().stream()
              .filter(ToolExecutionResultMessage.class::isInstance)
              .map(message -> ((ToolExecutionResultMessage) message).text())
              .toList();
      AiMessage next;
      if (answers.size() == SCRIPT.steps().size()) {
        next = AiMessage.from(String.join("\n", answers));
      } else {
        Script.Step step = SCRIPT.steps().get(answers.size());
        next =
            AiMessage.from(
                ToolExecutionRequest.builder()
                    .id("call-" + answers.size())
                    .name(step.tool())
                    .arguments(step.arguments())
                    .build());
      }
      return dev.langchain4j.model.chat.response.ChatResponse.builder().aiMessage(next).build();
    }
  }

  /** A model of Spring AI. */
  private static final class SpringModel implements org.springframework.ai.chat.model.ChatModel {
    final List<List<String>> offered = new ArrayList<>();

    @Override
    public org.springframework.ai.chat.prompt.ChatOptions getOptions() {
      return ToolCallingChatOptions.builder().build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      if (prompt.getOptions() instanceof ToolCallingChatOptions options) {
        offered.add(
            options.getToolCallbacks().stream()
                .map(tool -> tool.getToolDefinition().name())
                .toList());
      }
      List<String> answers =
          prompt.getInstructions().stream()
              .filter(ToolResponseMessage.class::isInstance)
              .flatMap(message -> ((ToolResponseMessage) message).getResponses().stream())
              .map(ToolResponseMessage.ToolResponse::responseData)
              .toList();
      AssistantMessage next;
      if (answers.size() == SCRIPT.steps().size()) {
        next = new AssistantMessage(String.join("\n", answers));
      } else {
        Script.Step step = SCRIPT.steps().get(answers.size());
        next =
            AssistantMessage.builder()
                .content("")
                .toolCalls(
                    List.of(
                        new AssistantMessage.ToolCall(
                            "call-" + answers.size(), "function", step.tool(), step.arguments())))
                .build();
      }
      return new ChatResponse(List.of(new Generation(next)));
    }
  }

  private static void assertSettled(String answer) {
    assertThat(answer.lines())
        .satisfiesExactly(
            read -> assertThat(read).contains("invoice 7: 120 EUR"),
            paid -> assertThat(paid).contains("paid 120 EUR on invoice 7"),
            waits -> assertThat(waits).contains("approval of a person").contains("make exactly"));
  }

  private List<String> agents() {
    return gate
        .server
        .gate()
        .audit()
        .query(AuditQuery.builder().event("intentgate.tool_call").oldestFirst().build())
        .events()
        .stream()
        .map(stored -> stored.event().agentId())
        .distinct()
        .toList();
  }

  @Test
  void aLangChain4jAgentCallsForTheUserWhoAsks() {
    LangChainModel model = new LangChainModel();

    assertSettled(new LangChain4jAgent(client, model).answer("alice", "settle invoice 7"));

    assertThat(model.offered.get(0)).containsExactly("read_invoice", "pay_invoice");
    assertThat(agents()).containsExactly("agent-of-alice");
  }

  @Test
  void aLangChain4jModelIsOfferedOnlyWhatTheUsersTokenCovers() {
    LangChainModel model = new LangChainModel();

    assertThatThrownBy(() -> new LangChain4jAgent(client, model).answer("bob", "settle"))
        .hasMessageContaining("pay_invoice");

    assertThat(model.offered.get(0)).containsExactly("read_invoice");
    assertThat(gate.tools.done).containsExactly("invoice 7: 120 EUR");
  }

  @Test
  void aSpringAiAgentCallsForTheUserWhoAsks() {
    SpringModel model = new SpringModel();

    assertSettled(new SpringAiAgent(client, model).answer("alice", "settle invoice 7"));

    assertThat(model.offered.get(0)).containsExactly("read_invoice", "pay_invoice");
    assertThat(agents()).containsExactly("agent-of-alice");
  }

  @Test
  void anOutageIsNotAnAnswerForTheModel() {
    gate.close();

    assertThatThrownBy(
            () -> new LangChain4jAgent(client, new LangChainModel()).answer("alice", "settle"))
        .hasMessageContaining("cannot be reached");
    assertThatThrownBy(() -> new SpringAiAgent(client, new SpringModel()).answer("alice", "settle"))
        .hasMessageContaining("cannot be reached");
  }
}
