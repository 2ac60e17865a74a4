package app.intentgate.server.mcp;

/**
 * How tools are called by those who judge them. Clients see names that fit several tool servers
 * into one list; tokens, policies and the audit know {@code server.tool}. Thread-safe.
 */
@FunctionalInterface
public interface ToolNames {
  /** One tool server: its names are everybody's. */
  ToolNames SAME = shown -> shown;

  /** The name under which the tool that a client names is judged. */
  String judged(String shown);
}
