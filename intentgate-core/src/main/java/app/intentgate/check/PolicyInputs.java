package app.intentgate.check;

import app.intentgate.intent.Intent;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.token.OnBehalfOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input document a policy sees, by runtime.md 3.5: members that are empty are left out, numbers
 * are as the agent wrote them (B3).
 */
final class PolicyInputs {
  private static final JsonString TOOL = JsonString.of("tool");
  private static final JsonString ARGS = JsonString.of("args");
  private static final JsonString AGENT_ID = JsonString.of("agent_id");
  private static final JsonString SESSION_ID = JsonString.of("session_id");
  private static final JsonString INTENT = JsonString.of("intent");
  private static final JsonString CAPABILITY = JsonString.of("capability");
  private static final JsonString USER = JsonString.of("user");
  private static final JsonString SUBJECT = JsonString.of("subject");
  private static final JsonString TENANT = JsonString.of("tenant");
  private static final JsonString ZONE = JsonString.of("zone");
  private static final JsonString STEP_UP_AT = JsonString.of("step_up_at");

  private PolicyInputs() {}

  static JsonObject of(Call call, Caller caller, Optional<Intent> intent) {
    JsonObject.Builder input = JsonObject.builder(6);
    input.put(TOOL, JsonString.of(call.tool()));
    JsonObject arguments = call.arguments();
    if (arguments != null && !arguments.isEmpty()) {
      input.put(ARGS, arguments);
    }
    putText(input, AGENT_ID, caller.agentId());
    String session = call.sessionId();
    if (session != null) {
      putText(input, SESSION_ID, session);
    }
    intent.ifPresent(i -> input.put(INTENT, intent(i)));
    if (caller.isAuthenticated()) {
      input.put(CAPABILITY, capability(caller));
    }
    OnBehalfOf.Principal user = caller.user();
    if (user != null) {
      input.put(USER, user(user));
    }
    return input.build();
  }

  /** The input of a call of which only the tool and the caller are known. */
  static JsonObject ahead(String tool, Caller caller) {
    JsonObject.Builder input = JsonObject.builder(3).put(TOOL, JsonString.of(tool));
    putText(input, AGENT_ID, caller.agentId());
    if (caller.isAuthenticated()) {
      input.put(CAPABILITY, capability(caller));
    }
    return input.build();
  }

  private static JsonObject capability(Caller caller) {
    JsonObject.Builder capability = JsonObject.builder(4);
    putText(capability, SUBJECT, caller.agentId());
    putText(capability, TENANT, caller.tenant());
    putText(capability, ZONE, caller.zone());
    if (caller.stepUpAt() > 0) {
      capability.put(STEP_UP_AT, JsonNumber.of(caller.stepUpAt()));
    }
    return capability.build();
  }

  private static JsonObject intent(Intent intent) {
    JsonObject.Builder out = JsonObject.builder(4);
    if (!intent.summary().isEmpty()) {
      out.put("summary", intent.summary());
    }
    if (!intent.allowedTools().isEmpty()) {
      out.put("allowed_tools", texts(intent.allowedTools()));
    }
    if (!intent.forbiddenTools().isEmpty()) {
      out.put("forbidden_tools", texts(intent.forbiddenTools()));
    }
    if (intent.confidence() != 0) {
      out.put("confidence", JsonNumber.parse(Double.toString(intent.confidence())));
    }
    return out.build();
  }

  private static JsonObject user(OnBehalfOf.Principal user) {
    JsonObject.Builder out = JsonObject.builder(2);
    putText(out, SUBJECT, user.user());
    if (!user.attributes().isEmpty()) {
      JsonObject.Builder attributes = JsonObject.builder(user.attributes().size());
      for (Map.Entry<String, String> e : user.attributes().entrySet()) {
        attributes.put(e.getKey(), e.getValue());
      }
      out.put("attrs", attributes.build());
    }
    return out.build();
  }

  private static JsonArray texts(Collection<String> texts) {
    List<JsonValue> values = new ArrayList<>(texts.size());
    for (String text : texts) {
      values.add(JsonString.of(text));
    }
    return JsonArray.copyOf(values);
  }

  private static void putText(JsonObject.Builder out, JsonValue key, String text) {
    if (!text.isEmpty()) {
      out.put(key, JsonString.of(text));
    }
  }
}
