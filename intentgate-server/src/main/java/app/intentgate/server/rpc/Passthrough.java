package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.check.Caller;
import app.intentgate.check.Outcome;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Methods that call no tool: passed on for a caller whose token holds, where one came or is
 * required (B35, B45). The list of tools shows what the caller's token may call.
 */
final class Passthrough {
  private static final String NEWEST_VERSION = "2025-11-25";
  private static final Set<String> VERSIONS =
      Set.of("2024-11-05", "2025-03-26", "2025-06-18", NEWEST_VERSION);

  private final IntentGate gate;
  private final @Nullable UpstreamClient upstream;
  private final Supplier<String> callIds;
  private final String version;
  private final CallerRates rates = new CallerRates(System::nanoTime);

  Passthrough(
      IntentGate gate,
      @Nullable UpstreamClient upstream,
      Supplier<String> callIds,
      String version) {
    this.gate = gate;
    this.upstream = upstream;
    this.callIds = callIds;
    this.version = version;
  }

  void handle(Inbound in, RpcRequest request, RequestId id) {
    in.callId(callIds.get());
    Outcome<Caller> admitted = gate.admit(in.credential(), in.header("X-IntentGate-OBO"));
    if (admitted instanceof Outcome.Deny<Caller> deny) {
      in.blocked("capability");
      if (request.isNotification() && !in.isMcpClient()) {
        in.accepted();
      } else {
        Refused.plain(in, id, deny.refusal());
      }
      return;
    }
    Caller caller = admitted.found();
    if (!rates.admit(caller.isAuthenticated() ? caller.chainId() : in.remoteHost())) {
      in.tooMany(RpcAnswer.error(id, -32603, "too many requests"));
      return;
    }
    if (upstream == null) {
      if (request.isNotification()) {
        in.accepted();
      } else {
        in.reply(200, RpcAnswer.result(id, own(request)));
      }
      return;
    }
    in.waitForUpstream();
    upstream.send(
        new UpstreamRequest(
            request.toBytes(), request.id(), null, ForwardedHeaders.of(in.headers())),
        result -> AgentRoutes.guarded(in, () -> relay(in, request, id, caller, result)));
  }

  private void relay(
      Inbound in, RpcRequest request, RequestId id, Caller caller, UpstreamResult result) {
    if (request.isNotification()) {
      in.accepted();
    } else if (result instanceof UpstreamResult.Result answer) {
      boolean list = request.method().equals("tools/list");
      in.reply(200, RpcAnswer.result(id, list ? visible(answer.value(), caller) : answer.value()));
    } else {
      Relayed.failure(in, id, result);
    }
  }

  /**
   * A list of tools without those that the caller's token does not cover; order and schemas kept.
   */
  private JsonValue visible(JsonValue result, Caller caller) {
    if (!(result instanceof JsonObject object)
        || !(object.get("tools") instanceof JsonArray tools)
        || !caller.isAuthenticated()) {
      return result;
    }
    List<JsonValue> shown = new ArrayList<>();
    for (JsonValue tool : tools) {
      if (tool instanceof JsonObject t
          && t.get("name") instanceof JsonString name
          && gate.mayCall(caller, name.value())) {
        shown.add(tool);
      }
    }
    return object.toBuilder().put("tools", JsonArray.copyOf(shown)).build();
  }

  /** What the gate answers where there is no tool server. */
  private JsonValue own(RpcRequest request) {
    return switch (request.method()) {
      case "tools/list" -> JsonObject.of("tools", JsonArray.of());
      case "initialize" ->
          JsonObject.builder(3)
              .put("protocolVersion", protocolVersion(request.params()))
              .put(
                  "serverInfo",
                  JsonObject.builder(2).put("name", "intentgate").put("version", version).build())
              .put("capabilities", JsonObject.of("tools", JsonObject.EMPTY))
              .build();
      default -> JsonObject.EMPTY;
    };
  }

  private static String protocolVersion(@Nullable JsonValue params) {
    return params instanceof JsonObject object
            && object.get("protocolVersion") instanceof JsonString asked
            && VERSIONS.contains(asked.value())
        ? asked.value()
        : NEWEST_VERSION;
  }
}
