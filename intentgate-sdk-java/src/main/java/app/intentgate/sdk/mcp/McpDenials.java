package app.intentgate.sdk.mcp;

import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonObject;
import app.intentgate.sdk.IntentGateException;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells a refused call from a tool's own error in what the MCP SDK returns. A tool server behind
 * the gate could write the same marks into its result; who must be sure asks the audit log for the
 * call id, or calls with {@link app.intentgate.sdk.IntentGateClient}, which sees the gate's
 * headers.
 */
public final class McpDenials {
  private static final String DENIAL = "app.intentgate/denial";

  private McpDenials() {}

  /** Why a call was refused or waits for a person; empty when it was carried out. */
  public static Optional<IntentGateException> of(CallToolResult result) {
    Map<String, Object> meta = result.meta();
    if (!Boolean.TRUE.equals(result.isError())
        || meta == null
        || !(meta.get(DENIAL) instanceof Map<?, ?> denial)) {
      return Optional.empty();
    }
    String text =
        result.content().stream()
            .filter(TextContent.class::isInstance)
            .map(piece -> ((TextContent) piece).text())
            .collect(Collectors.joining("\n"));
    return Optional.of(IntentGateException.ofDenial((JsonObject) JavaValues.of(denial), text));
  }

  /**
   * The result of a call that was carried out.
   *
   * @throws IntentGateException when it was refused or waits for a person
   */
  public static CallToolResult orThrow(CallToolResult result) {
    Optional<IntentGateException> denial = of(result);
    if (denial.isPresent()) {
      throw denial.get();
    }
    return result;
  }
}
