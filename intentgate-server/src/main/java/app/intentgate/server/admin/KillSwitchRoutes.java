package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Role;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Halting everything, a tenant or an agent, and letting go again (admin contract 2.12). */
final class KillSwitchRoutes implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("scope", "tenant", "value", "reason");

  private final IntentGate gate;
  private final int maxBody;

  KillSwitchRoutes(IntentGate gate, int maxBody) {
    this.gate = gate;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of(
        "GET /v1/admin/kill-switch", this::list,
        "POST /v1/admin/kill-switch", this::engage,
        "POST /v1/admin/kill-switch/release", this::release);
  }

  /** An operator of one tenant sees the global switch and those of that tenant. */
  private void list(AdminCall call) {
    Principal who = call.principal();
    JsonOutput out = AdminCall.json().name("kill_switch").beginArray();
    for (KillSwitchEntry entry :
        gate.killSwitches().list(who.isSuperadmin() ? null : who.tenant())) {
      write(out, entry);
    }
    call.reply(out.endArray());
  }

  private void engage(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    KillSwitchEntry asked = asked(call, body);
    KillSwitchEntry entry =
        AdminCall.await(gate.engageKillSwitch(asked, call.operator(asked.tenant())));
    JsonOutput out = AdminCall.json().name("entry");
    write(out, entry);
    call.reply(out.name("ok").bool(true));
  }

  private void release(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    KillSwitchEntry asked = asked(call, body);
    AdminCall.await(gate.releaseKillSwitch(asked, call.operator(asked.tenant())));
    call.reply(AdminCall.json().name("ok").bool(true));
  }

  private KillSwitchEntry asked(AdminCall call, Body body) {
    Scope scope = scope(body.text("scope").strip());
    Principal who = call.principal();
    if (scope == Scope.GLOBAL && !(who.isSuperadmin() && who.role().covers(Role.ADMIN))) {
      throw new AdminException(403, "only the superadmin may engage a global kill");
    }
    String tenant = call.tenantOf(body);
    String agent = Names.storable("value", body.text("value").strip());
    if (scope == Scope.AGENT && agent.isEmpty()) {
      throw AdminException.badRequest("value (agent id) is required for an agent kill");
    }
    // A database finds a switch by both together.
    var unused = Names.findable("tenant with value", tenant + agent);
    try {
      return new KillSwitchEntry(
          scope,
          scope == Scope.GLOBAL ? "" : tenant,
          scope == Scope.AGENT ? agent : "",
          body.text("reason"),
          gate.now(),
          who.name());
    } catch (IllegalArgumentException e) {
      throw AdminException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static Scope scope(String word) {
    for (Scope scope : Scope.values()) {
      if (scope.wireName().equals(word.toLowerCase(Locale.ROOT))) {
        return scope;
      }
    }
    throw AdminException.badRequest("scope must be one of: global, tenant, agent");
  }

  private static void write(JsonOutput out, KillSwitchEntry entry) {
    out.beginObject().name("type").string(entry.scope().wireName());
    Members.text(out, "tenant", entry.tenant());
    Members.text(out, "value", entry.agent());
    Members.text(out, "reason", entry.reason());
    out.name("set_at").string(entry.setAt().toString());
    Members.text(out, "set_by", entry.setBy());
    out.endObject();
  }
}
