package app.intentgate.server.rpc;

import app.intentgate.CallOutcome;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A relayed request that is no tool call: its result may be narrowed to what its caller may see.
 */
final class AwaitedRequest implements Awaited {
  private final RequestId id;
  private final JsonValue rpcId;
  private final UnaryOperator<JsonValue> view;
  private final Consumer<CallOutcome> outcome;

  /**
   * A request on its way.
   *
   * @param view what of a result the caller sees; the very value when that is all of it
   * @param outcome takes what became of it
   */
  AwaitedRequest(
      RequestId id, JsonValue rpcId, UnaryOperator<JsonValue> view, Consumer<CallOutcome> outcome) {
    this.id = id;
    this.rpcId = rpcId;
    this.view = view;
    this.outcome = outcome;
  }

  @Override
  public JsonValue rpcId() {
    return rpcId;
  }

  @Override
  @SuppressWarnings("ReferenceEquality")
  public byte @Nullable [] answered(UpstreamResult result) {
    outcome.accept(Outcomes.of(result, false));
    if (result instanceof UpstreamResult.Result answer) {
      JsonValue seen = view.apply(answer.value());
      return seen == answer.value() ? null : RpcAnswer.result(id, seen);
    }
    return result instanceof UpstreamResult.RpcError ? null : plain(result);
  }

  @Override
  public byte[] plain(UpstreamResult result) {
    return result instanceof UpstreamResult.Result answer
        ? RpcAnswer.result(id, answer.value())
        : Relayed.failure(id, result);
  }

  @Override
  public void abandoned() {
    outcome.accept(CallOutcome.failed("client left", 0, 0, 0));
  }
}
