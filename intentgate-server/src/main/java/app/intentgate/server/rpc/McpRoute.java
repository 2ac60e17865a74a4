package app.intentgate.server.rpc;

import java.util.function.Supplier;

/** Which method goes where. */
final class McpRoute {
  private final ToolCalls calls;
  private final Passthrough passthrough;
  private final Supplier<String> callIds;

  McpRoute(ToolCalls calls, Passthrough passthrough, Supplier<String> callIds) {
    this.calls = calls;
    this.passthrough = passthrough;
    this.callIds = callIds;
  }

  void handle(Inbound in, RpcRequest request, RequestId id) {
    switch (request.method()) {
      case "tools/call" -> calls.handle(in, request, id);
      case "initialize" -> {
        in.isInitialize();
        passthrough.handle(in, request, id);
      }
      case "tools/list", "ping" -> passthrough.handle(in, request, id);
      default -> {
        in.callId(callIds.get());
        if (request.isNotification()) {
          in.accepted();
        } else {
          String message = "method not implemented in v0.1: " + request.method();
          in.reply(200, RpcAnswer.error(id, -32601, message));
        }
      }
    }
  }
}
