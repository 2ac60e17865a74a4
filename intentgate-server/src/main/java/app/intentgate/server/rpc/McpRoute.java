package app.intentgate.server.rpc;

import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.Elicits;
import app.intentgate.server.mcp.HeaderCheck;
import app.intentgate.server.mcp.McpMethods;
import app.intentgate.server.mcp.MethodRules;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;

/** Which era a request is of, whether its headers may be believed, and which method goes where. */
final class McpRoute {
  private static final int HEADER_MISMATCH = -32020;
  private static final String FIRST_STATELESS = "2026-07-28";

  private final ToolCalls calls;
  private final RelayedRequests relayed;
  private final MethodRules rules;
  private final Supplier<String> callIds;

  McpRoute(ToolCalls calls, RelayedRequests relayed, MethodRules rules, Supplier<String> callIds) {
    this.calls = calls;
    this.relayed = relayed;
    this.rules = rules;
    this.callIds = callIds;
  }

  void handle(Inbound in, RpcRequest request, RequestId id) {
    String method = request.method();
    if (method.equals("initialize")) {
      in.isInitialize();
      in.declares(Elicits.ofInitialize(request.params()));
    }
    if (!isConsistent(in, request, id)) {
      return;
    }
    if (method.equals(McpMethods.TOOLS_CALL) && !rules.denies(method)) {
      calls.handle(in, request, id);
      return;
    }
    boolean known = McpMethods.isKnown(method, in.isModern()) || rules.find(method) != null;
    if (known && !rules.denies(method)) {
      relayed.handle(in, request, id);
      return;
    }
    in.callId(callIds.get());
    if (request.isNotification()) {
      in.accepted();
    } else {
      unknownMethod(in, request, id);
    }
  }

  static void unknownMethod(Inbound in, RpcRequest request, RequestId id) {
    String message = "method not implemented in v0.1: " + request.method();
    in.reply(in.isModern() ? 404 : 200, RpcAnswer.error(id, -32601, message));
  }

  /** Whether headers and body say the same; otherwise the request was answered (mcp M3, M12). */
  private boolean isConsistent(Inbound in, RpcRequest request, RequestId id) {
    HttpFields headers = in.headers();
    JsonValue params = request.params();
    // A session is begun in the era of sessions alone, whatever version its client speaks else.
    boolean begins = request.method().equals("initialize");
    String version = begins ? null : HeaderCheck.version(params);
    String problem;
    int code = HEADER_MISMATCH;
    if (version != null) {
      in.isStateless();
      in.declares(Elicits.ofMeta(params));
      problem = HeaderCheck.mismatch(headers::getValuesList, version, request.method(), params);
    } else if (!begins && isStateless(in) && !request.isNotification()) {
      in.isStateless();
      code = -32602;
      problem = "params._meta must name " + HeaderCheck.VERSION;
    } else {
      problem = HeaderCheck.contradiction(headers::getValuesList, request.method(), params);
    }
    if (problem == null) {
      return true;
    }
    in.callId(callIds.get());
    in.reply(400, RpcAnswer.error(id, code, problem));
    return false;
  }

  private static boolean isStateless(Inbound in) {
    String version = in.header("MCP-Protocol-Version");
    return version != null
        && version.length() == FIRST_STATELESS.length()
        && version.compareTo(FIRST_STATELESS) >= 0;
  }
}
