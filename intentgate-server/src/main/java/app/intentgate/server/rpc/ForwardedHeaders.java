package app.intentgate.server.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Which of a client's headers go on to the tool server: an allow list (mcp T2). */
final class ForwardedHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "mcp-protocol-version",
          "last-event-id",
          "mcp-method",
          "mcp-name",
          "traceparent",
          "tracestate",
          "baggage");

  private ForwardedHeaders() {}

  /**
   * Name and value in turn.
   *
   * @param session the tool server's name of the session; empty when there is none
   */
  static List<String> of(HttpFields headers, String session) {
    List<String> out = null;
    if (!session.isEmpty()) {
      out = new ArrayList<>(6);
      out.add("Mcp-Session-Id");
      out.add(session);
    }
    for (HttpField field : headers) {
      String name = field.getLowerCaseName();
      if (NAMES.contains(name) || name.toLowerCase(Locale.ROOT).startsWith("mcp-param-")) {
        if (out == null) {
          out = new ArrayList<>(4);
        }
        out.add(field.getName());
        out.add(String.valueOf(field.getValue()));
      }
    }
    return out == null ? List.of() : out;
  }
}
