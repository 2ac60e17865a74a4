package app.intentgate.sdk;

import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What an exception says, gathered before its type is known. */
record Failure(
    int code,
    String message,
    String reason,
    String check,
    String callId,
    @Nullable JsonValue data,
    boolean mayHaveRun,
    @Nullable Throwable cause) {

  /** A failure without an answer that could be read. */
  static Failure of(String message, boolean mayHaveRun, @Nullable Throwable cause) {
    return new Failure(0, message, message, "", "", null, mayHaveRun, cause);
  }

  Failure about(String call) {
    return new Failure(code, message, reason, check, call, data, mayHaveRun, cause);
  }

  String sentence() {
    StringBuilder text = new StringBuilder(message);
    if (!reason.isEmpty() && !reason.equals(message)) {
      text.append(": ").append(reason);
    }
    if (!callId.isEmpty()) {
      text.append(" (call ").append(callId).append(')');
    }
    return text.toString();
  }
}
