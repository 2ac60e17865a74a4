package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A tool of this program. Called only when the gate allowed the call. */
@FunctionalInterface
public interface ToolHandler {
  /**
   * Runs it.
   *
   * @return a {@link ToolResult}; or a text, or any value with a JSON form (see {@link
   *     app.intentgate.json.JavaValues#of}), which become a text and structured content
   * @throws Exception when it fails; the caller gets {@link UpstreamFailed} with it as the cause
   */
  @Nullable Object run(JsonObject arguments) throws Exception;
}
