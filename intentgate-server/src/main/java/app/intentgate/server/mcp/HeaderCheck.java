package app.intentgate.server.mcp;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the headers of a request say what its body says (mcp M3): a server between that reads the
 * headers alone must not see another call than the one that is judged.
 */
public final class HeaderCheck {
  /** The member of {@code _meta} that makes a request one of the stateless era. */
  public static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  private HeaderCheck() {}

  /** The headers of a request. */
  @FunctionalInterface
  public interface Headers {
    /** Every value of a header, in order. */
    List<String> values(String name);
  }

  /** The protocol version that a request's own {@code _meta} names, or null. */
  public static @Nullable String version(@Nullable JsonValue params) {
    return params instanceof JsonObject object
            && object.get("_meta") instanceof JsonObject meta
            && meta.get(VERSION) instanceof JsonString version
        ? version.value()
        : null;
  }

  /**
   * What differs between the headers and the body of a request of the stateless era, or null when
   * they agree.
   *
   * @param version the version that the body names
   */
  public static @Nullable String mismatch(
      Headers headers, String version, String method, @Nullable JsonValue params) {
    String found = differs(headers, "MCP-Protocol-Version", version);
    if (found == null) {
      found = differs(headers, "Mcp-Method", method);
    }
    String name = nameOf(method, params);
    if (found == null && name != null) {
      found = differs(headers, "Mcp-Name", name);
    }
    return found;
  }

  /**
   * What headers that a request of the era of sessions need not have contradict of its body, or
   * null: also there nobody between may be told of another call.
   */
  public static @Nullable String contradiction(
      Headers headers, String method, @Nullable JsonValue params) {
    String name = nameOf(method, params);
    String found =
        headers.values("Mcp-Method").isEmpty() ? null : differs(headers, "Mcp-Method", method);
    return found != null || name == null || headers.values("Mcp-Name").isEmpty()
        ? found
        : differs(headers, "Mcp-Name", name);
  }

  /** What a request acts on, as its header has to name it; null when it needs none. */
  public static @Nullable String nameOf(String method, @Nullable JsonValue params) {
    String member =
        switch (method) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
          default -> null;
        };
    return member != null
            && params instanceof JsonObject object
            && object.get(member) instanceof JsonString name
        ? name.value()
        : null;
  }

  private static @Nullable String differs(Headers headers, String header, String expected) {
    List<String> values = headers.values(header);
    if (values.size() > 1) {
      return "header " + header + " came more than once";
    }
    if (values.isEmpty()) {
      return "header " + header + " is missing";
    }
    return expected.equals(HeaderText.decode(values.get(0)))
        ? null
        : "header " + header + " differs from the request's body";
  }
}
