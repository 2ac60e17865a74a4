package app.intentgate.server.rpc;

import app.intentgate.CallOutcome;
import app.intentgate.IntentGate;
import app.intentgate.json.JsonValue;
import app.intentgate.opencall.OpenCall;
import app.intentgate.server.upstream.UpstreamResult;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A judged call that was taken from the store: perhaps another gate judged and forwarded it. */
final class HandedCall implements Awaited {
  private static final Logger LOG = LoggerFactory.getLogger(HandedCall.class);

  private final IntentGate gate;
  private final RequestId id;
  private final JsonValue rpcId;
  private final OpenCall call;

  HandedCall(IntentGate gate, RequestId id, JsonValue rpcId, OpenCall call) {
    this.gate = gate;
    this.id = id;
    this.rpcId = rpcId;
    this.call = call;
  }

  /** Records what became of a call. */
  static void record(IntentGate gate, OpenCall call, UpstreamResult result) {
    record(gate, call, Outcomes.of(result, false));
  }

  private static void record(IntentGate gate, OpenCall call, CallOutcome outcome) {
    gate.record(outcome.of(call.event(), gate.now()))
        .exceptionally(
            failure -> {
              LOG.error(
                  "the outcome of call {} could not be stored: {}",
                  call.callId(),
                  failure.toString());
              return null;
            });
  }

  @Override
  public JsonValue rpcId() {
    return rpcId;
  }

  @Override
  public byte[] answered(UpstreamResult result) {
    record(gate, call, result);
    return plain(result);
  }

  @Override
  public byte[] plain(UpstreamResult result) {
    return result instanceof UpstreamResult.Result answer
        ? RpcAnswer.forwarded(id, answer.value(), latencyMs())
        : Relayed.failure(id, result);
  }

  private long latencyMs() {
    long since = Duration.between(call.event().at(), gate.now()).toMillis();
    return call.event().latencyMs() + Math.max(0, since);
  }

  @Override
  public void abandoned() {
    record(gate, call, CallOutcome.failed("client left", 0, 0, 0));
  }
}
