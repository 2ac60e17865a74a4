package app.intentgate;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an allowed call once it was handed to its tool; recorded as the call's second
 * event (B55).
 *
 * @param failure what went wrong, as one word or sentence for the log; null when the tool answered
 * @param status the HTTP status the tool answered with, or 0
 * @param bytes the size of the answer
 * @param errorCode the JSON-RPC error code given to the caller, or 0
 */
public record CallOutcome(@Nullable String failure, int status, long bytes, int errorCode) {
  /** The tool answered. */
  public static CallOutcome answered(int status, long bytes) {
    return new CallOutcome(null, status, bytes, 0);
  }

  /** The tool did not answer, or not usably. */
  public static CallOutcome failed(String failure, int status, long bytes, int errorCode) {
    return new CallOutcome(failure, status, bytes, errorCode);
  }

  AuditEvent of(AuditEventBuilder event) {
    event.upstreamStatus(status).resultBytes(bytes).errorCode(errorCode);
    return failure == null
        ? event.decision(AuditDecision.ALLOW).reason("forwarded").build()
        : event.decision(AuditDecision.BLOCK).reason(failure).build();
  }

  /**
   * The outcome event of a call that was handed over.
   *
   * @param draft what {@link Decision.Allow#draft} said of it, then
   * @param at when the call ended
   */
  public AuditEvent of(AuditEvent draft, Instant at) {
    long since = Math.max(0, Duration.between(draft.at(), at).toMillis());
    return of(draft.toBuilder().at(at).latencyMs(draft.latencyMs() + since));
  }
}
