package app.intentgate.operator;

import java.io.Serial;

/** Why an operator's account cannot be made or changed as asked. */
public final class OperatorException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Code code;

  /** What kind of refusal it is. */
  public enum Code {
    /** What was asked for makes no sense; the message says what would. */
    INVALID,
    /** Who asks may not grant that. */
    FORBIDDEN,
    /** There is no such account where who asks may see it. */
    NOT_FOUND,
    /** Somebody else changed it meanwhile. */
    CONFLICT
  }

  /** A refusal, with a sentence that can be acted on. */
  public OperatorException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** What kind of refusal it is. */
  public Code code() {
    return code;
  }
}
