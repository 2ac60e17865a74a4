package app.intentgate.server.rpc;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstream.UpstreamResult.HttpError;
import app.intentgate.server.upstream.UpstreamResult.RpcError;
import app.intentgate.server.upstream.UpstreamResult.TimedOut;
import app.intentgate.server.upstream.UpstreamResult.TooLarge;
import app.intentgate.server.upstream.UpstreamResult.Unusable;

/** Whatever came from the tool server, as one well-formed answer to the caller (B4, B5). */
final class Relayed {
  private Relayed() {}

  /** Answers a judged call. */
  static void call(Inbound in, RequestId id, UpstreamResult result) {
    if (result instanceof UpstreamResult.Result answer) {
      in.reply(200, RpcAnswer.forwarded(id, answer.value(), in.latencyMs()));
    } else {
      failure(in, id, result);
    }
  }

  /** Answers with what is no result. */
  static void failure(Inbound in, RequestId id, UpstreamResult result) {
    if (result instanceof RpcError error) {
      boolean keepStatus =
          error.status() >= 400 && in.isMcpClient()
              || error.status() == 404 && in.header("Mcp-Session-Id") != null;
      in.reply(keepStatus ? error.status() : 200, RpcAnswer.relayedError(id, error.error()));
      return;
    }
    boolean ended =
        result instanceof HttpError http
            && http.status() == 404
            && in.header("Mcp-Session-Id") != null;
    in.reply(
        ended ? 404 : 200, RpcAnswer.error(id, -32603, Outcomes.message(result), data(result)));
  }

  /** What is said of a failure: its kind and the status, and nothing of the server's. */
  static JsonValue data(UpstreamResult result) {
    if (result instanceof Unusable answer) {
      return JsonString.of(answer.problem());
    }
    return JsonObject.builder(2)
        .put("detail", detail(result))
        .put("upstream_status", result.status())
        .build();
  }

  private static String detail(UpstreamResult result) {
    if (result instanceof TimedOut) {
      return "upstream timeout: no complete answer in time";
    }
    if (result instanceof HttpError) {
      return "upstream HTTP " + result.status();
    }
    if (result instanceof TooLarge) {
      return "the upstream's answer exceeds the limit of this gate";
    }
    return "upstream transport error: the connection could not be made or broke";
  }
}
