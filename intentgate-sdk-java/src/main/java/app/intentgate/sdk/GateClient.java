package app.intentgate.sdk;

import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Calls tools through a gate, which may be far away ({@link IntentGateClient}) or in process
 * ({@link LocalGate}). Thread-safe. The methods that wait throw what the asynchronous ones fail
 * with: an {@link IntentGateException} of the kind that says why, what a {@link TokenSource}
 * throws, or an {@link IllegalStateException} once the client is closed. An interrupt ends the
 * waiting with a {@link TransportError}, lets go of the call and leaves the thread interrupted; a
 * tool that runs by then is not stopped.
 *
 * <p>What can be no call - arguments without a JSON form, in process a tool without a name or
 * memory provenance - is an {@link IllegalArgumentException} or {@link
 * UnsupportedOperationException}.
 */
public interface GateClient extends AutoCloseable {
  /**
   * Calls a tool.
   *
   * @return what the tool answered; fails with an {@link IntentGateException} when the call was
   *     refused, waits for a person, or failed
   */
  CompletableFuture<ToolResult> callAsync(String tool, JsonObject arguments, CallOptions options);

  /**
   * The tools this token may call.
   *
   * @return the tools; fails with an {@link IntentGateException}
   */
  CompletableFuture<List<ToolDescription>> toolsAsync(CallOptions options);

  /** Calls a tool and waits for its answer. */
  default ToolResult call(String tool, JsonObject arguments, CallOptions options) {
    return Waiting.on(callAsync(tool, arguments, options));
  }

  /**
   * Calls a tool with arguments given as ordinary Java values, and waits for its answer.
   *
   * @throws IllegalArgumentException when a value has no JSON form, see {@link JavaValues#of}
   */
  default ToolResult call(String tool, Map<String, ?> arguments, CallOptions options) {
    return call(tool, JavaValues.ofMap(arguments), options);
  }

  /** Calls a tool with nothing but arguments, and waits for its answer. */
  default ToolResult call(String tool, Map<String, ?> arguments) {
    return call(tool, arguments, CallOptions.none());
  }

  /** The tools this token may call; waits for them. */
  default List<ToolDescription> tools(CallOptions options) {
    return Waiting.on(toolsAsync(options));
  }

  /** The tools this token may call; waits for them. */
  default List<ToolDescription> tools() {
    return tools(CallOptions.none());
  }

  /**
   * Calls a tool, and where a person must approve it first, makes the same call again until one has
   * decided; never after an answer that was lost, when the tool may have run.
   *
   * @return what the tool answered; fails with {@link ApprovalRejected}, with {@link
   *     ApprovalExpired}, and with {@link ApprovalPending} when nobody decided by the deadline: the
   *     call can be resumed later by the id that holds. Fails with {@link TransportError} or {@link
   *     GateUnavailable} when an answer was lost and the tool {@linkplain
   *     IntentGateException#mayHaveRun may have run}
   */
  default CompletableFuture<ToolResult> callAndAwaitApprovalAsync(
      String tool, JsonObject arguments, CallOptions options, ApprovalWait wait) {
    return new ApprovalLoop(this, tool, arguments, options, wait).start();
  }

  /** Calls a tool and waits, for a person too; see {@link #callAndAwaitApprovalAsync}. */
  default ToolResult callAndAwaitApproval(
      String tool, Map<String, ?> arguments, CallOptions options, ApprovalWait wait) {
    return Waiting.on(callAndAwaitApprovalAsync(tool, JavaValues.ofMap(arguments), options, wait));
  }

  /** Lets go of what the client holds; calls after it fail. */
  @Override
  void close();
}
