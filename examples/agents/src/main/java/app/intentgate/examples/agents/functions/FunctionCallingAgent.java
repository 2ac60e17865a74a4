package app.intentgate.examples.agents.functions;

import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.ModelCall;
import java.util.ArrayList;
import java.util.List;

/**
 * The loop that every function-calling model is driven by: ask the model, make the calls it wants,
 * give it what came of them, until it answers in words. Each call goes through the gate, and a
 * refused one comes back as a text the model can act on.
 */
public final class FunctionCallingAgent {
  private static final int MAX_TURNS = 10;

  /** A message: of the user, of the model, or of a tool. */
  public record Message(String role, String content, List<ToolCall> toolCalls, String toolCallId) {
    static Message user(String words) {
      return new Message("user", words, List.of(), "");
    }

    static Message tool(String id, String text) {
      return new Message("tool", text, List.of(), id);
    }
  }

  /** A call the model wants; its arguments are a JSON object as a text. */
  public record ToolCall(String id, String name, String arguments) {}

  /** A chat model. */
  @FunctionalInterface
  public interface Model {
    /** The model's next message. */
    Message next(List<Message> conversation);
  }

  private final GateClient gate;
  private final Model model;

  /** An agent of a model, whose tools are those of a gate. */
  public FunctionCallingAgent(GateClient gate, Model model) {
    this.gate = gate;
    this.model = model;
  }

  /** Answers the user; the whole conversation, the answer last. */
  public List<Message> answer(String words, String taskId) {
    CallOptions options = CallOptions.none().prompt(words).task(taskId);
    List<Message> conversation = new ArrayList<>(List.of(Message.user(words)));
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Message message = model.next(List.copyOf(conversation));
      conversation.add(message);
      if (message.toolCalls().isEmpty()) {
        return conversation;
      }
      for (ToolCall call : message.toolCalls()) {
        ModelCall made = ModelCall.make(gate, call.name(), call.arguments(), options);
        conversation.add(Message.tool(call.id(), made.text()));
      }
    }
    throw new IllegalStateException("no answer after " + MAX_TURNS + " turns");
  }
}
