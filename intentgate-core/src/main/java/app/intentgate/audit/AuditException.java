package app.intentgate.audit;

import org.jspecify.annotations.Nullable;

/**
 * The audit chain could not do what was asked. What an agent may be told is {@link Code#agentText};
 * the message is for the operator and may name files.
 */
public final class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why; stable. */
  public enum Code {
    /** The store cannot write or read now: disk error, disk full, database away. */
    STORE_UNAVAILABLE("audit store unavailable"),
    /** The event was not durable within the store's waiting limit, or too many wait already. */
    WAIT_EXCEEDED("audit store unavailable"),
    /** The store works and cannot take this very event, nor could it later: others it takes. */
    EVENT_REFUSED("audit store unavailable"),
    /** The store was closed before the event was taken. */
    CLOSED("audit store unavailable"),
    /** Another process holds the data directory. */
    DIRECTORY_HELD("audit store unavailable"),
    /** What the store would continue from is broken. */
    CHAIN_BROKEN("audit chain broken"),
    /** A stored event or line is not one. */
    UNREADABLE("audit event unreadable"),
    /** A query's cursor is not one of this store's. */
    BAD_CURSOR("invalid cursor");

    private final String agentText;

    Code(String agentText) {
      this.agentText = agentText;
    }

    /** A text that tells nothing of the inside. */
    public String agentText() {
      return agentText;
    }
  }

  private final Code code;

  /** An exception without a cause. */
  public AuditException(Code code, String message) {
    this(code, message, null);
  }

  /** An exception with a cause. */
  public AuditException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Why. */
  public Code code() {
    return code;
  }
}
