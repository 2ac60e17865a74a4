package app.intentgate.pin;

import java.io.Serial;

/** Why a pin cannot be decided as asked. */
public final class PinException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Code code;

  /** What kind of refusal it is. */
  public enum Code {
    /** There is no such tool. */
    NOT_FOUND,
    /** The tool changed since it was looked at. */
    CONFLICT
  }

  /** A refusal, with a sentence that can be acted on. */
  public PinException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** What kind of refusal it is. */
  public Code code() {
    return code;
  }
}
