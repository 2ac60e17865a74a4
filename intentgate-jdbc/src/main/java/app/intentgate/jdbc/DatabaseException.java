package app.intentgate.jdbc;

import app.intentgate.store.StoreUnavailableException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A database that cannot do what was asked. The message is for the operator; no secret is in it.
 */
public final class DatabaseException extends StoreUnavailableException {
  @Serial private static final long serialVersionUID = 1;

  /** Why; stable. */
  public enum Code {
    /** The URL or a limit is not one that can be used. */
    BAD_CONFIGURATION,
    /** The database cannot be reached, or does not answer in time. */
    UNAVAILABLE,
    /** A statement failed, and trying it again did not help. */
    FAILED,
    /** The database was written by a newer program than this one. */
    NEWER_SCHEMA,
    /** A migration that was applied is not the one this program knows by that number. */
    CHANGED_MIGRATION,
    /** A migration cannot be applied. */
    MIGRATION_FAILED
  }

  private final Code code;

  /** An exception without a cause. */
  public DatabaseException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** An exception with a cause. */
  public DatabaseException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Why. */
  public Code code() {
    return code;
  }

  /** The first SQL exception among a failure and its causes, or null. */
  static java.sql.@Nullable SQLException sqlCause(@Nullable Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
      if (at instanceof java.sql.SQLException e) {
        return e;
      }
    }
    return null;
  }
}
