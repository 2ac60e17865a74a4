package app.intentgate.sdk.langchain4j;

import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.ModelCall;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one tool through a gate, for the user that the {@linkplain ContextKeys invocation
 * parameters} name. A denial and a call that waits for a person are tool results the model can act
 * on; an outage is thrown, for the framework's own error handler. Thread-safe.
 */
public final class GateToolExecutor implements ToolExecutor {
  private final GateClient gate;
  private final String tool;

  /** An executor of one of the gate's tools. */
  public GateToolExecutor(GateClient gate, String tool) {
    this.gate = gate;
    this.tool = tool;
  }

  @Override
  public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
    return ModelCall.make(gate, tool, request.arguments(), CallOptions.none()).text();
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext context) {
    ModelCall call =
        ModelCall.make(gate, tool, request.arguments(), options(context.invocationParameters()));
    return ToolExecutionResult.builder()
        .isError(call.isError())
        .resultText(call.text())
        .result(call.result() != null ? call.result() : call.denial())
        .build();
  }

  static CallOptions options(@Nullable InvocationParameters parameters) {
    return ContextKeys.options(parameters == null ? Map.of() : parameters.asMap());
  }
}
