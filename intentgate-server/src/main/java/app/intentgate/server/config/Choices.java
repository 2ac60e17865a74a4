package app.intentgate.server.config;

/** What the variables with a fixed set of words mean. */
public final class Choices {
  private Choices() {}

  /** Where decisions, budgets and revocations are kept. */
  public enum Store {
    /** In memory: gone when the process ends. */
    MEMORY,
    /** In JSON lines of the data directory. */
    FILE,
    /** In one SQLite file of the data directory. */
    SQLITE,
    /** In a PostgreSQL database, which several gates may share. */
    POSTGRES
  }

  /** Where each audit event is also printed. */
  public enum AuditTarget {
    /** One JSON line each on standard output. */
    STDOUT,
    /** Nowhere. */
    NONE
  }

  /** What an answer waits for. */
  public enum AuditMode {
    /** Its event being stored. */
    DURABLE,
    /** Its event being in memory, or on disk to be stored later. */
    BUFFERED
  }

  /** What becomes of calls that policy escalates. */
  public enum Approvals {
    /** They are refused. */
    OFF,
    /** They wait for an operator. */
    ON
  }

  /** Whether operators can change policies. */
  public enum Policies {
    /** The policy is the one the gate starts with. */
    OFF,
    /** They can, in the store of the gate. */
    ON
  }

  /** Whether refusals are carried out. */
  public enum Mode {
    /** They are. */
    ENFORCE,
    /** They are recorded, and the call goes on. */
    OBSERVE
  }

  /** What a caveat that nothing can judge here does. */
  public enum Unenforceable {
    /** It refuses the call (B8). */
    DENY,
    /** It is passed over. */
    IGNORE
  }

  /** Whether tools are held against what they were when they were agreed to. */
  public enum ToolPinning {
    /** They are not. */
    OFF,
    /** They are; the first list of a server is trusted. */
    TRUST_FIRST,
    /** They are; nothing is trusted that an operator or a file did not accept. */
    STRICT
  }

  /** How a refusal reaches an MCP client. */
  public enum Denials {
    /** As a tool result that a model can read. */
    RESULT,
    /** As a JSON-RPC error. */
    ERROR
  }

  /** How log lines look. */
  public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }

  /** What is logged. */
  public enum LogLevel {
    /** Everything. */
    DEBUG,
    /** The ordinary course of things. */
    INFO,
    /** What an operator should look at. */
    WARN,
    /** What an operator must look at. */
    ERROR
  }
}
