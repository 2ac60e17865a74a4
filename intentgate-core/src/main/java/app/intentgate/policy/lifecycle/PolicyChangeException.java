package app.intentgate.policy.lifecycle;

import app.intentgate.rego.spi.RegoError;
import java.util.List;

/** A wish about policies that is not granted. The message says why, for the operator who asked. */
public final class PolicyChangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a wish is not granted. */
  public enum Code {
    /** What was sent cannot be a policy, or does not say enough. */
    INVALID,
    /** What it speaks of is not there, as far as this operator can see. */
    NOT_FOUND,
    /** It does not fit what is there now. */
    CONFLICT,
    /** The draft is not at the revision that was expected. */
    STALE
  }

  private final Code code;
  private final transient List<RegoError> errors;

  PolicyChangeException(Code code, String message, List<RegoError> errors) {
    super(message, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  static PolicyChangeException invalid(String message) {
    return new PolicyChangeException(Code.INVALID, message, List.of());
  }

  static PolicyChangeException notFound(String message) {
    return new PolicyChangeException(Code.NOT_FOUND, message, List.of());
  }

  static PolicyChangeException conflict(String message) {
    return new PolicyChangeException(Code.CONFLICT, message, List.of());
  }

  /** Why. */
  public Code code() {
    return code;
  }

  /** The errors in the Rego source, with their places; empty when that is not why. */
  public List<RegoError> errors() {
    return errors;
  }
}
