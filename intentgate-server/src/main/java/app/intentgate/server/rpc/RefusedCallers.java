package app.intentgate.server.rpc;

import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.Refusal;
import app.intentgate.server.http.FailedSignIns;
import java.util.function.Supplier;

/**
 * Callers who are refused before their request is looked at, whatever its method: recorded as
 * refused calls are, and of many failures of one source a minute the first and their number (B31).
 */
final class RefusedCallers {
  private final RequestEvents events;
  private final Recording recording;
  private final Supplier<String> callIds;
  private final FailedSignIns failures = new FailedSignIns(System::currentTimeMillis);

  RefusedCallers(RequestEvents events, Recording recording, Supplier<String> callIds) {
    this.events = events;
    this.recording = recording;
    this.callIds = callIds;
  }

  /** Records a refusal where it is due, and then answers. */
  void refuse(
      Inbound in, RequestId id, String method, Caller caller, Refusal refusal, Runnable answer) {
    if (refusal.authentication()) {
      FailedSignIns.Verdict verdict = failures.count(in.remoteHost(), presented(in));
      if (verdict == FailedSignIns.Verdict.TOO_MANY) {
        in.tooMany(RpcAnswer.error(id, -32603, "too many failed authentications"));
        return;
      }
      if (verdict == FailedSignIns.Verdict.REPEATED) {
        answer.run();
        return;
      }
    }
    String callId = callIds.get();
    in.callId(callId);
    recording.after(
        in,
        events.refused(
            in,
            refusal.authentication() ? Caller.ANONYMOUS : caller,
            method,
            callId,
            refusal.code().check().wireName(),
            refusal.reason(),
            refusal.code().code()),
        id,
        answer);
  }

  private static String presented(Inbound in) {
    return in.credential() instanceof Credential.Bearer bearer ? bearer.text() : "";
  }

  /**
   * Records what was not recorded one by one.
   *
   * @param last whether the gate stops, and what was counted so far is all there will be
   */
  void recordSummaries(boolean last) {
    for (FailedSignIns.Summary summary : failures.drain(last)) {
      events.failures(summary.address(), summary.count());
    }
  }
}
