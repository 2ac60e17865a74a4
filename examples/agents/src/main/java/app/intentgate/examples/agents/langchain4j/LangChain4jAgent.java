package app.intentgate.examples.agents.langchain4j;

import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.langchain4j.GateToolProvider;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import java.util.Map;

/** An AI service whose tools are those of a gate, each called for the user who asks. */
public final class LangChain4jAgent {
  interface Assistant {
    String answer(@UserMessage String words, InvocationParameters parameters);
  }

  private final Assistant assistant;

  /** An agent of a model and a gate. */
  public LangChain4jAgent(GateClient gate, ChatModel model) {
    this.assistant =
        AiServices.builder(Assistant.class)
            .chatModel(model)
            .toolProvider(new GateToolProvider(gate))
            .build();
  }

  /** Answers a user. */
  public String answer(String user, String words) {
    return assistant.answer(
        words,
        InvocationParameters.from(
            Map.of(ContextKeys.USER, user, ContextKeys.PROMPT, words, ContextKeys.TASK, "chat-1")));
  }
}
