package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Calls that a gate may hold while a person decides, and that tell so meanwhile. */
interface HeldCalls {
  /**
   * Calls a tool.
   *
   * @param onPending hears that the call is held, and under which id it waits
   */
  CompletableFuture<ToolResult> callAsync(
      String tool, JsonObject arguments, CallOptions options, Consumer<ApprovalPending> onPending);
}
