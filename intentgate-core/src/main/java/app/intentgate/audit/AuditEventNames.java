package app.intentgate.audit;

/** The event names the gate writes. The set is open: a reader takes any name. */
public final class AuditEventNames {
  /** A judged tool call, its decision or its outcome. */
  public static final String TOOL_CALL = "intentgate.tool_call";

  /** A relayed MCP request that is no tool call. */
  public static final String MCP_REQUEST = "intentgate.mcp_request";

  /** What an operator did or tried to do (B31). */
  public static final String ADMIN = "intentgate.admin";

  /** The proof of an identity from elsewhere was taken for a capability. */
  public static final String TOKEN_EXCHANGE = "intentgate.token_exchange";

  /** A tool was listed that is new, has changed, or is trusted at first sight. */
  public static final String TOOL_PIN = "intentgate.tool_pin";

  private AuditEventNames() {}
}
