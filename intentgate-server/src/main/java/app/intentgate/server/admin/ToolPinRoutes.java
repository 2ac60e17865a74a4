package app.intentgate.server.admin;

import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import app.intentgate.pin.PinException;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPins;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/admin/tool-pins}: which tools were accepted, which wait, and what an operator says.
 */
final class ToolPinRoutes implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("upstream", "tool", "sha256", "action");

  private final @Nullable ToolPins pins;
  private final int maxBody;

  /** Routes; never reached while there are no pins. */
  ToolPinRoutes(@Nullable ToolPins pins, int maxBody) {
    this.pins = pins;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/tool-pins", this::list, "POST /v1/admin/tool-pins", this::decide);
  }

  private ToolPins pins() {
    if (pins == null) {
      throw new AdminException(404, "tools are not pinned");
    }
    return pins;
  }

  private void list(AdminCall call) {
    String upstream = call.query("upstream");
    String status = call.query("status");
    PinStatus wanted;
    try {
      wanted = status.isEmpty() ? null : PinStatus.of(status);
    } catch (IllegalArgumentException e) {
      throw AdminException.badRequest(String.valueOf(e.getMessage()));
    }
    JsonOutput out = AdminCall.json().name("pins").beginArray();
    for (ToolPin pin : pins().list(upstream.isEmpty() ? null : upstream, wanted)) {
      write(out, pin);
    }
    call.reply(out.endArray());
  }

  private void decide(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String upstream = required(body, "upstream");
    String tool = required(body, "tool");
    String sha256 = required(body, "sha256");
    String action = required(body, "action");
    if (!action.equals("accept") && !action.equals("reject")) {
      throw AdminException.badRequest("action must be accept or reject");
    }
    try {
      ToolPin pin =
          AdminCall.await(
              pins().decide(upstream, tool, sha256, action.equals("accept"), call.operator("")));
      JsonOutput out = AdminCall.json().name("pin");
      write(out, pin);
      call.reply(out);
    } catch (PinException e) {
      throw refused(e);
    }
  }

  private static AdminException refused(PinException refusal) {
    return new AdminException(
        switch (refusal.code()) {
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
        },
        String.valueOf(refusal.getMessage()));
  }

  private static String required(Body body, String member) {
    String text = body.text(member);
    if (text.isEmpty()) {
      throw AdminException.badRequest(member + " is required");
    }
    return text;
  }

  private static void write(JsonOutput out, ToolPin pin) {
    ToolDefinition accepted = pin.accepted();
    out.beginObject().name("upstream").string(pin.upstream()).name("tool").string(pin.tool());
    out.name("sha256").string(pin.seen().sha256());
    if (accepted != null) {
      out.name("accepted_sha256").string(accepted.sha256());
    }
    out.name("status").string(pin.status().wireName());
    out.name("first_seen").string(pin.firstSeen().toString());
    List<ToolDefinition.Difference> differences =
        accepted == null ? List.of() : pin.seen().since(accepted);
    if (!differences.isEmpty()) {
      out.name("diff").beginArray();
      for (ToolDefinition.Difference each : differences) {
        out.beginObject().name("member").string(each.member());
        value(out, "accepted", each.before());
        value(out, "now", each.after());
        out.endObject();
      }
      out.endArray();
    }
    out.endObject();
  }

  private static void value(JsonOutput out, String name, @Nullable JsonValue value) {
    if (value != null) {
      out.name(name).value(value);
    }
  }
}
