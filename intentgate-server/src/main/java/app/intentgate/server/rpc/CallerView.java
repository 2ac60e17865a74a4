package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.check.Caller;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.McpMethods;
import app.intentgate.server.mcp.MethodRule;
import app.intentgate.server.mcp.MethodRules;
import app.intentgate.server.mcp.ToolNames;
import app.intentgate.server.pin.PinnedTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of a result its caller sees: of lists what its token and the policy could permit and no
 * operator has to look at first (B35, mcp M5), of the server's capabilities what the operator did
 * not take away (mcp L1). Order and everything else are kept.
 */
final class CallerView {
  /** What a capability is good for; without that it is not offered. */
  private static final Map<String, String> CAPABILITIES =
      Map.of(
          "resources", "resources/read",
          "prompts", "prompts/get",
          "completions", "completion/complete",
          "logging", "logging/setLevel",
          "tasks", "tasks/get");

  private final IntentGate gate;
  private final MethodRules rules;
  private final ToolNames names;
  private final PinnedTools tools;

  CallerView(IntentGate gate, MethodRules rules, ToolNames names, PinnedTools tools) {
    this.gate = gate;
    this.rules = rules;
    this.names = names;
    this.tools = tools;
  }

  /** What a caller sees of a result; the very value when that is all of it. */
  JsonValue of(RpcRequest request, boolean modern, Caller caller, JsonValue result) {
    if (!(result instanceof JsonObject object)) {
      return result;
    }
    String method = request.method();
    if (method.equals("tools/list")) {
      tools.listed(request.params(), object);
    }
    McpMethods.ListedAs list = McpMethods.list(method);
    if (list != null) {
      return list(list, modern, caller, object);
    }
    return method.equals("initialize") || method.equals("server/discover")
        ? capabilities(object)
        : result;
  }

  private JsonValue list(
      McpMethods.ListedAs list, boolean modern, Caller caller, JsonObject result) {
    JsonObject.Builder out = null;
    if (result.get(list.member()) instanceof JsonArray entries) {
      List<JsonValue> shown = new ArrayList<>();
      for (JsonValue entry : entries) {
        if (isShown(list, caller, entry)) {
          shown.add(entry);
        }
      }
      if (shown.size() < entries.size()) {
        out = result.toBuilder().put(list.member(), JsonArray.copyOf(shown));
      }
    }
    // What this caller sees may not be shown to another from a cache between.
    if (modern && caller.isAuthenticated() && result.get("cacheScope") != null) {
      out = (out == null ? result.toBuilder() : out).put("cacheScope", "private");
    }
    return out == null ? result : out.build();
  }

  private boolean isShown(McpMethods.ListedAs list, Caller caller, JsonValue entry) {
    String use = list.use();
    if (use == null) {
      if (!(entry instanceof JsonObject tool) || !(tool.get("name") instanceof JsonString name)) {
        return !caller.isAuthenticated();
      }
      String judged = names.judged(name.value());
      return tools.shows(judged) && (!caller.isAuthenticated() || gate.mayBeShown(caller, judged));
    }
    if (!caller.isAuthenticated()) {
      return true;
    }
    String asTool = McpMethods.asTool(use);
    return rules.find(use) == MethodRule.JUDGE
        ? gate.mayBeShown(caller, asTool)
        : !rules.denies(use) && gate.mayCall(caller, asTool);
  }

  private JsonValue capabilities(JsonObject result) {
    if (!(result.get("capabilities") instanceof JsonObject offered)) {
      return result;
    }
    JsonObject.Builder kept = JsonObject.builder(offered.size());
    for (int i = 0; i < offered.size(); i++) {
      String use = CAPABILITIES.get(offered.nameAt(i));
      if (use == null || !rules.denies(use)) {
        kept.put(offered.nameAt(i), offered.valueAt(i));
      }
    }
    return kept.size() == offered.size()
        ? result
        : result.toBuilder().put("capabilities", kept.build()).build();
  }
}
