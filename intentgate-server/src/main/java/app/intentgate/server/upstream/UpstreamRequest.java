package app.intentgate.server.upstream;

import app.intentgate.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request for the tool server.
 *
 * @param method what is asked of HTTP
 * @param body the message, written from the value that was judged (B1); empty for other methods
 *     than POST
 * @param id the message's id, by which its answer is found in an event stream; null for a
 *     notification
 * @param tool the tool called, whose credential is added; null for other methods
 * @param headers the headers that go with it, name and value in turn (mcp T2)
 * @param tenant the tenant of whoever asks; looked up only where it matters
 */
public record UpstreamRequest(
    Method method,
    byte[] body,
    @Nullable JsonValue id,
    @Nullable String tool,
    List<String> headers,
    Supplier<String> tenant) {

  /** What MCP asks of HTTP. */
  public enum Method {
    /** Sends a message. */
    POST,
    /** Opens the server's own stream, or goes on with a broken one. */
    GET,
    /** Ends a session. */
    DELETE
  }

  private static final byte[] NOTHING = {};

  private static String noTenant() {
    return "";
  }

  /** A message. */
  public UpstreamRequest(
      byte[] body, @Nullable JsonValue id, @Nullable String tool, List<String> headers) {
    this(Method.POST, body, id, tool, headers, UpstreamRequest::noTenant);
  }

  /** A request without a message. */
  public static UpstreamRequest without(Method method, List<String> headers) {
    return new UpstreamRequest(method, NOTHING, null, null, headers, UpstreamRequest::noTenant);
  }

  /** The same with other headers. */
  public UpstreamRequest withHeaders(List<String> others) {
    return new UpstreamRequest(method, body, id, tool, others, tenant);
  }

  /** The same for somebody of a tenant. */
  public UpstreamRequest of(Supplier<String> whose) {
    return new UpstreamRequest(method, body, id, tool, headers, whose);
  }
}
