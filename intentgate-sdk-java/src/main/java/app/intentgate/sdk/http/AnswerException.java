package app.intentgate.sdk.http;

import java.io.IOException;
import java.io.Serial;

/** An answer that began and cannot be used: too large, or a stream that ended early. */
public final class AnswerException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  private AnswerException(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  static AnswerException tooLarge(int maxBytes) {
    return new AnswerException("the answer is larger than " + maxBytes + " bytes", true);
  }

  static AnswerException ended() {
    return new AnswerException("the event stream ended before the answer", false);
  }

  /** Whether it was refused for its size. */
  public boolean tooLarge() {
    return tooLarge;
  }
}
