package app.intentgate.sdk.springai;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.GateClient;
import app.intentgate.sdk.IntentGateException;
import app.intentgate.sdk.ModelCall;
import app.intentgate.sdk.ToolDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;

/**
 * Runs one tool through a gate, for the user that the {@linkplain ContextKeys tool context} names.
 * A denial and a call that waits for a person are answers the model can act on; an outage is a
 * {@link ToolExecutionException}, which the framework's error processor handles. Thread-safe.
 */
public final class GateToolCallback implements ToolCallback {
  private static final String NO_ARGUMENTS = "{\"type\":\"object\",\"properties\":{}}";

  private final GateClient gate;
  private final ToolDefinition definition;

  /** A callback of one of the gate's tools. */
  public GateToolCallback(GateClient gate, ToolDescription tool) {
    this.gate = gate;
    JsonObject schema = tool.inputSchema();
    this.definition =
        ToolDefinition.builder()
            .name(tool.name())
            .description(tool.description().isEmpty() ? tool.name() : tool.description())
            .inputSchema(schema.isEmpty() ? NO_ARGUMENTS : JsonWriter.toText(schema))
            .build();
  }

  @Override
  public ToolDefinition getToolDefinition() {
    return definition;
  }

  @Override
  public String call(String arguments) {
    return call(arguments, null);
  }

  @Override
  public String call(String arguments, @Nullable ToolContext context) {
    Map<String, Object> values = context == null ? Map.of() : context.getContext();
    try {
      return ModelCall.make(gate, definition.name(), arguments, ContextKeys.options(values)).text();
    } catch (IntentGateException outage) {
      throw new ToolExecutionException(definition, outage);
    }
  }
}
