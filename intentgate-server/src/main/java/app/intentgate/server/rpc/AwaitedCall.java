package app.intentgate.server.rpc;

import app.intentgate.CallOutcome;
import app.intentgate.Decision;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A judged tool call: its outcome is recorded, its final result says what the gate decided. */
final class AwaitedCall implements Awaited {
  private final Inbound in;
  private final RequestId id;
  private final JsonValue rpcId;
  private final Decision.Allow decision;
  private final Function<JsonObject, @Nullable JsonObject> continued;

  /**
   * A call on its way.
   *
   * @param continued makes, of an answer that asks for more input, one that the call goes on with;
   *     null when what comes next is another call
   */
  AwaitedCall(
      Inbound in,
      RequestId id,
      JsonValue rpcId,
      Decision.Allow decision,
      Function<JsonObject, @Nullable JsonObject> continued) {
    this.in = in;
    this.id = id;
    this.rpcId = rpcId;
    this.decision = decision;
    this.continued = continued;
  }

  @Override
  public JsonValue rpcId() {
    return rpcId;
  }

  @Override
  public Decision.Allow decision() {
    return decision;
  }

  @Override
  public byte[] answered(UpstreamResult result) {
    if (result instanceof UpstreamResult.Result answer
        && answer.value() instanceof JsonObject object
        && asksForInput(object)) {
      JsonObject next = continued.apply(object);
      if (next == null) {
        decision.report(Outcomes.of(result, false));
      }
      return RpcAnswer.result(id, next == null ? object : next);
    }
    decision.report(Outcomes.of(result, false));
    return plain(result);
  }

  @Override
  public byte[] plain(UpstreamResult result) {
    return result instanceof UpstreamResult.Result answer
        ? RpcAnswer.forwarded(id, answer.value(), in.latencyMs())
        : Relayed.failure(id, result);
  }

  @Override
  public void abandoned() {
    decision.report(CallOutcome.failed("client left", 0, 0, 0));
  }

  /** Whether an answer is a round of the call and not its end (mcp M7). */
  static boolean asksForInput(JsonObject result) {
    return result.get("resultType") instanceof JsonString type
        && type.value().equals("input_required");
  }
}
