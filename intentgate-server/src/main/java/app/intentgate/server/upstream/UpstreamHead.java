package app.intentgate.server.upstream;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The head of an answer.
 *
 * @param status the HTTP status
 * @param sessionId the session it names, or null
 * @param contentType the content type, or null
 * @param kept the headers that go on to the client as they are, name and value in turn (mcp T3)
 */
public record UpstreamHead(
    int status, @Nullable String sessionId, @Nullable String contentType, List<String> kept) {
  /** The head of an answer that never came. */
  public static final UpstreamHead NONE = new UpstreamHead(0, null, null, List.of());

  private static final int LONGEST_ID = 1024;

  /** Room for the names that several servers give one session: a JSON object. */
  private static final int LONGEST_JOINED_ID = 4096;

  private static final String STREAM = "text/event-stream";

  private static final String[] KEPT = {"Cache-Control", "X-Accel-Buffering", "Allow"};

  static UpstreamHead of(int status, HttpFields fields) {
    List<String> kept = null;
    for (String name : KEPT) {
      String value = fields.get(name);
      if (value != null) {
        kept = kept == null ? new java.util.ArrayList<>(4) : kept;
        kept.add(name);
        kept.add(value);
      }
    }
    return new UpstreamHead(
        status,
        fields.get("Mcp-Session-Id"),
        fields.get(HttpHeader.CONTENT_TYPE),
        kept == null ? List.of() : kept);
  }

  /** The same for another session, or none. */
  public UpstreamHead withSession(@Nullable String other) {
    return new UpstreamHead(status, other, contentType, kept);
  }

  /** Whether an event stream follows. */
  boolean isStream() {
    String type = contentType;
    return type != null
        && type.regionMatches(true, 0, STREAM, 0, STREAM.length())
        && (type.length() == STREAM.length() || " \t;,".indexOf(type.charAt(STREAM.length())) >= 0);
  }

  /** Whether the session's name, if there is one, is of the characters it may have. */
  public boolean hasUsableSession() {
    String id = sessionId;
    return id == null
        || !id.isEmpty()
            && id.length() <= (id.startsWith("{") ? LONGEST_JOINED_ID : LONGEST_ID)
            && id.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
