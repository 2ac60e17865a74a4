package app.intentgate.server.upstream;

import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC message for the tool server.
 *
 * @param body the message, written from the value that was judged (B1)
 * @param id the message's id, by which its answer is found in an event stream; null for a
 *     notification
 * @param tool the tool called, whose credential is added; null for other methods
 * @param headers the client's headers that are passed on, name and value in turn (mcp T2)
 */
public record UpstreamRequest(
    byte[] body, @Nullable JsonValue id, @Nullable String tool, List<String> headers) {}
