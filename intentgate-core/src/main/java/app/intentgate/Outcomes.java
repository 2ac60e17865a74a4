package app.intentgate;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditStore;
import app.intentgate.check.Judgement;
import app.intentgate.token.TokenIds;
import java.time.Clock;

/** Puts on the chain what became of allowed calls. Thread-safe. */
final class Outcomes {
  private final CallRecorder recorder;
  private final AuditStore audit;
  private final TokenIds ids;
  private final Clock clock;

  Outcomes(CallRecorder recorder, AuditStore audit, TokenIds ids, Clock clock) {
    this.recorder = recorder;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** The event of a call that had this outcome now. */
  AuditEvent event(Arrival arrival, Judgement judgement, CallOutcome outcome) {
    return recorder.outcome(
        arrival.call(),
        judgement,
        arrival.callId(),
        ids.next(),
        clock.instant(),
        arrival.age() / 1_000_000,
        outcome);
  }

  /** Enqueued and not waited for: the decision is durable, and a failure is the store's to tell. */
  void record(Arrival arrival, Judgement judgement, CallOutcome outcome) {
    String callId = arrival.callId();
    audit
        .append(event(arrival, judgement, outcome))
        .whenComplete(
            (stored, failure) -> {
              if (failure != null) {
                GateLog.outcomeNotStored(callId, failure);
              }
            });
  }
}
