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

  /** The status with which an answer goes back (mcp T8, L3). */
  static int status(Inbound in, UpstreamResult result) {
    int status = result.status();
    boolean session = in.header("Mcp-Session-Id") != null;
    if (result instanceof RpcError) {
      return status >= 400 && (in.isMcpClient() || status == 404 && session) ? status : 200;
    }
    return result instanceof HttpError && status == 404 && session ? 404 : 200;
  }

  /** The message that tells of what is no result. */
  static byte[] failure(RequestId id, UpstreamResult result) {
    return result instanceof RpcError error
        ? RpcAnswer.relayedError(id, error.error())
        : RpcAnswer.error(id, -32603, Outcomes.message(result), data(result));
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
