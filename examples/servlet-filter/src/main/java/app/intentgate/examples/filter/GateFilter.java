package app.intentgate.examples.filter;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.check.Credential;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * Judges what agents ask of this application: {@code POST /tools/<name>?argument=value}. The last
 * part of the path is the tool, the parameters are its arguments. What is not allowed never reaches
 * the servlet; what is, is recorded with the status it ended in.
 */
public final class GateFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private final transient IntentGate gate;

  /** A filter over a gate. */
  public GateFilter(IntentGate gate) {
    this.gate = gate;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getParameterMap().values().stream().anyMatch(values -> values.length > 1)) {
      // The servlet would read one of them, and the gate would judge another.
      reply(response, 400, JsonObject.of("error", JsonValue.of("a parameter comes twice")));
      return;
    }
    Decision decision = gate.authorize(call(request));
    response.setHeader("X-IntentGate-Call-Id", decision.callId());
    if (decision instanceof Decision.Allow allow) {
      try {
        chain.doFilter(request, response);
      } catch (IOException | ServletException | RuntimeException e) {
        allow.failed(e);
        throw e;
      }
      allow.completed(response.getStatus(), 0);
    } else if (decision instanceof Decision.Escalate escalate) {
      reply(response, 202, JsonObject.of("pending_id", JsonValue.of(escalate.pendingId())));
    } else {
      boolean unknown = ((Decision.Deny) decision).refusal().authentication();
      if (unknown) {
        response.setHeader("WWW-Authenticate", "Bearer");
      }
      reply(
          response,
          unknown ? 401 : 403,
          JsonObject.of("error", JsonValue.of(decision.message() + ": " + decision.reason())));
    }
  }

  private static ToolCall call(HttpServletRequest request) {
    String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
    JsonObject.Builder arguments = JsonObject.builder();
    request.getParameterMap().forEach((name, values) -> arguments.put(name, values[0]));
    return ToolCall.of(path.length() > 1 ? path.substring(1) : "/", arguments.build())
        .credential(
            Credential.fromAuthorization(Collections.list(request.getHeaders("Authorization"))))
        .prompt(request.getHeader("X-Intent-Prompt"))
        .resuming(request.getHeader("X-IntentGate-Approval-Id"))
        .from(request.getRemoteAddr() + ":" + request.getRemotePort());
  }

  private static void reply(HttpServletResponse response, int status, JsonObject body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.getOutputStream().write(JsonWriter.goBytes(body));
  }
}
