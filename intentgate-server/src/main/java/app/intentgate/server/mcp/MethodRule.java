package app.intentgate.server.mcp;

/** What is done with a method that is no tool call. */
public enum MethodRule {
  /** Relayed for a caller whose token holds. */
  ALLOW,
  /** Answered as a method that does not exist. */
  DENY,
  /** Judged as the call of a tool of its name. */
  JUDGE
}
