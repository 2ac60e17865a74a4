package app.intentgate.sdk.springai;

import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.GateClient;
import java.util.function.Supplier;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/**
 * Gives a chat client the tools that the current user's token may call, each run through the gate.
 *
 * <pre>{@code
 * ChatClient.builder(model).defaultTools(new GateToolCallbacks(gate)).build();
 * }</pre>
 *
 * <p>Thread-safe. Asks the gate each time the framework asks.
 */
public final class GateToolCallbacks implements ToolCallbackProvider {
  private final GateClient gate;
  private final Supplier<CallOptions> current;

  /** The tools of a gate, listed for nobody in particular. */
  public GateToolCallbacks(GateClient gate) {
    this(gate, CallOptions::none);
  }

  /**
   * The tools of a gate, listed for the current user.
   *
   * @param current says who that is, on the thread that asks for the tools
   */
  public GateToolCallbacks(GateClient gate, Supplier<CallOptions> current) {
    this.gate = gate;
    this.current = current;
  }

  @Override
  public ToolCallback[] getToolCallbacks() {
    return gate.tools(current.get()).stream()
        .map(tool -> new GateToolCallback(gate, tool))
        .toArray(ToolCallback[]::new);
  }
}
