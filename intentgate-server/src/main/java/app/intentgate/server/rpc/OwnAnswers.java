package app.intentgate.server.rpc;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.McpMethods;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the gate answers itself where there is no tool server. */
final class OwnAnswers {
  private static final String NEWEST_WITH_SESSIONS = "2025-11-25";
  private static final Set<String> VERSIONS =
      Set.of("2024-11-05", "2025-03-26", "2025-06-18", NEWEST_WITH_SESSIONS);
  private static final String STATELESS = "2026-07-28";

  private final String version;

  /**
   * Answers.
   *
   * @param version the gate's version
   */
  OwnAnswers(String version) {
    this.version = version;
  }

  /** The result of a request; null when the gate alone has none to give. */
  @Nullable JsonValue of(RpcRequest request, boolean modern) {
    McpMethods.ListedAs list = McpMethods.list(request.method());
    if (list != null) {
      JsonObject.Builder out = JsonObject.builder(4).put(list.member(), JsonArray.of());
      if (modern) {
        out.put("resultType", "complete").put("ttlMs", 0).put("cacheScope", "private");
      }
      return out.build();
    }
    return switch (request.method()) {
      case "initialize" ->
          JsonObject.builder(3)
              .put("protocolVersion", protocolVersion(request.params()))
              .put("serverInfo", serverInfo())
              .put("capabilities", JsonObject.of("tools", JsonObject.EMPTY))
              .build();
      case "server/discover" ->
          JsonObject.builder(6)
              .put("supportedVersions", JsonArray.of(JsonString.of(STATELESS)))
              .put("capabilities", JsonObject.of("tools", JsonObject.EMPTY))
              .put("serverInfo", serverInfo())
              .put("resultType", "complete")
              .put("ttlMs", 0)
              .put("cacheScope", "private")
              .build();
      case "ping" -> JsonObject.EMPTY;
      default -> null;
    };
  }

  private JsonObject serverInfo() {
    return JsonObject.builder(2).put("name", "intentgate").put("version", version).build();
  }

  private static String protocolVersion(@Nullable JsonValue params) {
    return params instanceof JsonObject object
            && object.get("protocolVersion") instanceof JsonString asked
            && VERSIONS.contains(asked.value())
        ? asked.value()
        : NEWEST_WITH_SESSIONS;
  }
}
