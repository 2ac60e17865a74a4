package app.intentgate.server.rpc;

import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;

/** What a client gets that sent no request: one that asked for a stream, or for a session's end. */
final class GetAnswers {
  private GetAnswers() {}

  /** Answers with the tool server's status, and with its error where it gave one. */
  static void reply(Inbound in, int status, List<String> headers, UpstreamResult result) {
    if (result instanceof UpstreamResult.RpcError error) {
      in.reply(status, headers, RpcAnswer.relayedError(RequestId.NONE, error.error()));
    } else if (status >= 400 || status == 202 || status == 204) {
      in.empty(status, headers);
    } else if (result instanceof UpstreamResult.Result) {
      in.reply(502, RpcAnswer.error(RequestId.NONE, -32603, "upstream returned no event stream"));
    } else {
      in.reply(502, Relayed.failure(RequestId.NONE, result));
    }
  }
}
