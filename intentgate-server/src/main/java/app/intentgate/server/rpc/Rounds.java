package app.intentgate.server.rpc;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.CallStates;
import app.intentgate.server.mcp.SessionIds.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of several rounds (mcp M7): what a client sends back, and what it is given to send back.
 */
final class Rounds {
  private static final String STATE = "requestState";

  private final CallStates states;

  Rounds(CallStates states) {
    this.states = states;
  }

  /**
   * A request as it is forwarded.
   *
   * @param continues the call it is a further round of, or null for a new one
   */
  record Round(RpcRequest request, @Nullable String continues) {}

  /** What a request stands for: its state, where this gate made it, as the tool server gave it. */
  Round of(Inbound in, RpcRequest request, CallParams params, Supplier<Owner> owner) {
    if (!in.isModern()
        || !(request.params() instanceof JsonObject given)
        || !(given.get(STATE) instanceof JsonString state)) {
      return new Round(request, null);
    }
    CallStates.Found found =
        states.use(state.value(), owner.get(), params.tool(), params.arguments());
    if (found == null) {
      return new Round(request, null);
    }
    JsonObject.Builder out = JsonObject.builder(given.size());
    JsonValue upstream = found.upstream();
    for (int i = 0; i < given.size(); i++) {
      if (!given.nameAt(i).equals(STATE)) {
        out.put(given.nameAt(i), given.valueAt(i));
      } else if (upstream != null) {
        out.put(STATE, upstream);
      }
    }
    return new Round(new RpcRequest(request.id(), request.method(), out.build()), found.callId());
  }

  /**
   * An answer that asks for input, with a state by which the next round is known; null when it
   * cannot be known, and is a new call.
   */
  @Nullable JsonObject sealed(JsonObject result, String callId, CallParams params, Owner owner) {
    String state = states.seal(callId, owner, params.tool(), params.arguments(), result.get(STATE));
    return state == null ? null : result.toBuilder().put(STATE, state).build();
  }
}
