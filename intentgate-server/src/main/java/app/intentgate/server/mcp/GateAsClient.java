package app.intentgate.server.mcp;

import app.intentgate.json.JsonObject;

/** What the gate says of itself to a tool server with which it opens a session of its own. */
public final class GateAsClient {
  /** The newest version of the era of sessions. */
  public static final String PROTOCOL = "2025-11-25";

  private GateAsClient() {}

  /**
   * The params of {@code initialize}: nothing can be asked of the gate.
   *
   * @param version the gate's version
   */
  public static JsonObject initialize(String version) {
    return JsonObject.builder(3)
        .put("protocolVersion", PROTOCOL)
        .put("capabilities", JsonObject.EMPTY)
        .put(
            "clientInfo",
            JsonObject.builder(2).put("name", "intentgate").put("version", version).build())
        .build();
  }
}
