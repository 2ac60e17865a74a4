package app.intentgate.sdk.langchain4j;

import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.ToolDescription;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;

/**
 * Gives an AI service the tools that the current user's token may call, each run through the gate.
 *
 * <pre>{@code
 * AiServices.builder(Assistant.class).chatModel(model).toolProvider(new GateToolProvider(gate)).build();
 * }</pre>
 *
 * <p>Thread-safe. Asks the gate at each invocation, since tokens differ between users and run out.
 */
public final class GateToolProvider implements ToolProvider {
  private final GateClient gate;

  /** A provider of a gate's tools. */
  public GateToolProvider(GateClient gate) {
    this.gate = gate;
  }

  @Override
  public ToolProviderResult provideTools(ToolProviderRequest request) {
    ToolProviderResult.Builder tools = ToolProviderResult.builder();
    for (ToolDescription tool :
        gate.tools(GateToolExecutor.options(request.invocationParameters()))) {
      tools.add(ToolSpecifications.of(tool), new GateToolExecutor(gate, tool.name()));
    }
    return tools.build();
  }
}
