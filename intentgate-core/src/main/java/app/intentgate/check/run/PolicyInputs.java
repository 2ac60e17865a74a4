package app.intentgate.check.run;

import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.intent.Intent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.token.OnBehalfOf;
import app.intentgate.token.VerifiedToken;
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

  private PolicyInputs() {}

  static JsonObject of(Call call, Caller caller, Optional<Intent> intent) {
    JsonObject arguments = call.arguments();
    if (arguments != null && arguments.isEmpty()) {
      arguments = null;
    }
    String session = call.sessionId();
    if (session != null && session.isEmpty()) {
      session = null;
    }
    // As large as it will be, so that nothing is copied.
    int members =
        (arguments == null ? 1 : 2)
            + (session == null ? 0 : 1)
            + (intent.isPresent() ? 1 : 0)
            + (caller.isAuthenticated() ? 2 : 0)
            + (caller.user() == null ? 0 : 1);
    JsonObject.Builder input = JsonObject.builder(members);
    input.put(TOOL, JsonString.of(call.tool()));
    if (arguments != null) {
      input.put(ARGS, arguments);
    }
    putText(input, AGENT_ID, caller.agentId());
    if (session != null) {
      input.put(SESSION_ID, JsonString.of(session));
    }
    if (intent.isPresent()) {
      input.put(INTENT, intent.get().forPolicy());
    }
    VerifiedToken token = caller.token();
    if (token != null) {
      input.put(CAPABILITY, token.forPolicy());
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
    VerifiedToken token = caller.token();
    if (token != null) {
      input.put(CAPABILITY, token.forPolicy());
    }
    return input.build();
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

  private static void putText(JsonObject.Builder out, JsonValue key, String text) {
    if (!text.isEmpty()) {
      out.put(key, JsonString.of(text));
    }
  }
}
