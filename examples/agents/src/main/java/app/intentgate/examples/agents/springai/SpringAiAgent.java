package app.intentgate.examples.agents.springai;

import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.springai.GateToolCallbacks;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

/** A chat client whose tools are those of a gate, each called for the user who asks. */
public final class SpringAiAgent {
  private final GateClient gate;
  private final ChatModel model;

  /** An agent of a model and a gate. */
  public SpringAiAgent(GateClient gate, ChatModel model) {
    this.gate = gate;
    this.model = model;
  }

  /** Answers a user. */
  public String answer(String user, String words) {
    GateToolCallbacks tools = new GateToolCallbacks(gate, () -> CallOptions.none().user(user));
    return ChatClient.create(model)
        .prompt()
        .user(words)
        .tools(tools)
        .toolContext(Map.of(ContextKeys.USER, user, ContextKeys.PROMPT, words))
        .call()
        .content();
  }
}
