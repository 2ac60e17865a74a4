package app.intentgate.server.admin;

import app.intentgate.inventory.CallPreview;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.util.Map;

/**
 * {@code POST /v1/admin/preview}: what a call would probably do, without doing it (admin contract
 * 2.12). Members it does not know are ignored, as clients of the contract expect.
 */
final class PreviewRoute implements RouteGroup {
  private final int maxBody;

  PreviewRoute(int maxBody) {
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/preview", this::preview);
  }

  private void preview(AdminCall call) throws IOException {
    Body body = Body.lenient(call.body(), maxBody, "invalid JSON body: ");
    String tool = body.text("tool").strip();
    if (tool.isEmpty()) {
      throw AdminException.badRequest("missing required field \"tool\"");
    }
    JsonValue given = body.value("args");
    if (given != null && !(given instanceof JsonObject)) {
      throw AdminException.badRequest("invalid JSON body: args must be an object");
    }
    CallPreview preview =
        CallPreview.of(tool, given instanceof JsonObject args ? args : JsonObject.EMPTY);
    JsonOutput out = AdminCall.json().name("tool").string(tool);
    out.name("op").string(preview.operation());
    if (!preview.resource().isEmpty()) {
      out.name("resource").string(preview.resource());
    }
    out.name("scope").string(preview.scope());
    out.name("magnitude_cents").number(preview.magnitudeCents());
    if (!preview.destination().isEmpty()) {
      out.name("destination").string(preview.destination());
    }
    out.name("reversible").bool(preview.reversible());
    Long rows = preview.estimatedRows();
    if (rows != null) {
      out.name("estimated_rows").number(rows);
    }
    call.reply(out.name("blast_radius").string(preview.blastRadius()));
  }
}
