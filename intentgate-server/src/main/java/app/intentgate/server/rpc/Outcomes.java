package app.intentgate.server.rpc;

import app.intentgate.CallOutcome;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstream.UpstreamResult.Broken;
import app.intentgate.server.upstream.UpstreamResult.HttpError;
import app.intentgate.server.upstream.UpstreamResult.RpcError;
import app.intentgate.server.upstream.UpstreamResult.TimedOut;
import app.intentgate.server.upstream.UpstreamResult.TooLarge;
import app.intentgate.server.upstream.UpstreamResult.Unusable;

/** What the audit says of an exchange with the tool server. */
final class Outcomes {
  private Outcomes() {}

  static CallOutcome of(UpstreamResult result, boolean notification) {
    if (result instanceof UpstreamResult.Result answer) {
      return CallOutcome.answered(answer.status(), answer.bytes());
    }
    if (result instanceof RpcError error) {
      return new CallOutcome(null, error.status(), error.bytes(), code(error));
    }
    if (result instanceof Unusable answer && notification) {
      return CallOutcome.answered(answer.status(), answer.bytes());
    }
    long bytes = result instanceof Unusable answer ? answer.bytes() : 0;
    return CallOutcome.failed(message(result), result.status(), bytes, -32603);
  }

  private static int code(RpcError error) {
    return error.error() instanceof JsonObject object
            && object.get("code") instanceof JsonNumber code
            && code.fitsLong()
            && Math.abs(code.longValue()) <= Integer.MAX_VALUE
        ? (int) code.longValue()
        : 0;
  }

  /** The contract's words for an exchange that gave no answer. */
  static String message(UpstreamResult result) {
    if (result instanceof TimedOut) {
      return "upstream timeout";
    }
    if (result instanceof Broken) {
      return "upstream transport";
    }
    if (result instanceof HttpError) {
      return "upstream upstream_http";
    }
    return result instanceof TooLarge
        ? "upstream response too large"
        : "upstream returned non-JSON-RPC body";
  }
}
