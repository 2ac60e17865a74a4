package app.intentgate.policy.replay;

import app.intentgate.audit.AuditEvent;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.List;

/**
 * The input document a policy saw, as far as the audit log kept it (B24): arguments whose values
 * were not kept are null, and the confidence of an intent is not there.
 */
public final class ReplayInput {
  private ReplayInput() {}

  /** The input of the call whose decision this event is. */
  public static JsonObject of(AuditEvent event) {
    JsonObject.Builder input = JsonObject.builder(6).put("tool", event.tool());
    JsonObject args = arguments(event);
    if (!args.isEmpty()) {
      input.put("args", args);
    }
    put(input, "agent_id", event.agentId());
    put(input, "session_id", event.sessionId());
    JsonObject intent = intent(event);
    if (!intent.isEmpty()) {
      input.put("intent", intent);
    }
    if (!event.capabilityTokenId().isEmpty()) {
      input.put("capability", capability(event));
    }
    if (!event.userSubject().isEmpty()) {
      JsonObject.Builder user = JsonObject.builder(2).put("subject", event.userSubject());
      if (!event.userAttrs().isEmpty()) {
        user.put("attrs", event.userAttrs());
      }
      input.put("user", user.build());
    }
    return input.build();
  }

  private static JsonObject arguments(AuditEvent event) {
    JsonObject values = event.argValues();
    if (!values.isEmpty()) {
      return values;
    }
    List<String> names = event.argKeys();
    JsonObject.Builder args = JsonObject.builder(names.size());
    for (String name : names) {
      args.put(name, JsonNull.NULL);
    }
    return args.build();
  }

  private static JsonObject intent(AuditEvent event) {
    JsonObject.Builder intent = JsonObject.builder(3);
    put(intent, "summary", event.intentSummary());
    if (!event.intentAllowed().isEmpty()) {
      intent.put("allowed_tools", texts(event.intentAllowed()));
    }
    if (!event.intentForbidden().isEmpty()) {
      intent.put("forbidden_tools", texts(event.intentForbidden()));
    }
    return intent.build();
  }

  private static JsonObject capability(AuditEvent event) {
    JsonObject.Builder capability = JsonObject.builder(4);
    put(capability, "subject", event.agentId());
    put(capability, "tenant", event.tenant());
    put(capability, "zone", event.zone());
    if (event.stepUpAt() > 0) {
      capability.put("step_up_at", event.stepUpAt());
    }
    return capability.build();
  }

  private static JsonArray texts(List<String> texts) {
    return JsonArray.copyOf(texts.stream().map(text -> (JsonValue) JsonString.of(text)).toList());
  }

  private static void put(JsonObject.Builder to, String name, String text) {
    if (!text.isEmpty()) {
      to.put(name, text);
    }
  }
}
