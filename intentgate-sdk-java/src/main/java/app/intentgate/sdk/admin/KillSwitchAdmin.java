package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Stops agents at once, and lets them go on. */
public final class KillSwitchAdmin {
  private static final String PATH = "/v1/admin/kill-switch";

  private final AdminHttp http;

  KillSwitchAdmin(AdminHttp http) {
    this.http = http;
  }

  /** Those that are engaged. */
  public List<KillSwitchEntry> list() {
    return Reading.list(http.get(PATH), "kill_switch", KillSwitchAdmin::entry);
  }

  /** Stops one agent of a tenant. */
  public void stopAgent(String tenant, String agent, String reason) {
    change(PATH, Scope.AGENT, tenant, agent, reason);
  }

  /** Stops a tenant. */
  public void stopTenant(String tenant, String reason) {
    change(PATH, Scope.TENANT, tenant, "", reason);
  }

  /** Stops everything. */
  public void stopAll(String reason) {
    change(PATH, Scope.GLOBAL, "", "", reason);
  }

  /** Lets go on what a scope, tenant and agent (where the scope has them) stopped. */
  public void release(Scope scope, String tenant, String agent) {
    change(PATH + "/release", scope, tenant, agent, "");
  }

  private void change(String path, Scope scope, String tenant, String agent, String reason) {
    JsonObject.Builder body = JsonObject.builder(4).put("scope", scope.wireName());
    put(body, "tenant", tenant);
    put(body, "value", agent);
    put(body, "reason", reason);
    var unused = http.post(path, body.build());
  }

  private static void put(JsonObject.Builder body, String name, String value) {
    if (!value.isEmpty()) {
      body.put(name, value);
    }
  }

  private static KillSwitchEntry entry(JsonObject row) {
    Instant at = Reading.time(row, "set_at");
    try {
      return new KillSwitchEntry(
          Scope.valueOf(Reading.text(row, "type").toUpperCase(Locale.ROOT)),
          Reading.text(row, "tenant"),
          Reading.text(row, "value"),
          Reading.text(row, "reason"),
          at == null ? Instant.EPOCH : at,
          Reading.text(row, "set_by"));
    } catch (IllegalArgumentException e) {
      // Left out, it would look as if nothing were stopped.
      throw new AdminException(0, "a kill switch is of a kind this client does not know", row, e);
    }
  }
}
