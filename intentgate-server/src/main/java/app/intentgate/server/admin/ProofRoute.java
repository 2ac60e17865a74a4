package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditChain;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.json.JsonOutput;
import app.intentgate.server.admin.ProofSearch.Found;
import app.intentgate.token.KeyRing;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code POST /v1/admin/proof-of-intent}: what was decided in a session, or about one event, as a
 * document that a third party can check: the events with the hashes they have on the chain, signed
 * with the key of {@code /v1/admin/audit/key} over the document without its signature.
 */
final class ProofRoute implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("session_id", "event_id", "tenant");

  /** Since when events were looked at, where not all were. */
  private static final String SINCE = "X-IntentGate-Searched-Since";

  private final IntentGate gate;
  private final CheckpointKey key;
  private final KeyRing masterKeys;
  private final int maxBody;

  ProofRoute(IntentGate gate, CheckpointKey key, KeyRing masterKeys, int maxBody) {
    this.gate = gate;
    this.key = key;
    this.masterKeys = masterKeys;
    this.maxBody = maxBody;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("POST /v1/admin/proof-of-intent", this::prove);
  }

  private void prove(AdminCall call) throws IOException {
    Body body = Body.read(call.body(), maxBody, MEMBERS);
    String session = body.text("session_id").strip();
    String eventId = body.text("event_id").strip();
    if (session.isEmpty() && eventId.isEmpty()) {
      throw AdminException.badRequest("session_id or event_id is required");
    }
    String tenant = scope(call.principal(), body.text("tenant").strip());
    ProofSearch search =
        new ProofSearch(
            gate.audit(), ProofSearch.LOOKED_AT, tenant, call.time("from"), call.time("to"));
    Found found = session.isEmpty() ? search.call(eventId) : search.session(session);
    List<StoredEvent> events = found.events();
    Instant since = found.since();
    if (events.isEmpty()) {
      throw new AdminException(
          404,
          "no audit events found for that subject"
              + (since == null ? "" : " since " + since + "; name an earlier time with ?to="));
    }
    if (tenant.isEmpty()) {
      checkOneTenant(events);
    }
    if (since != null) {
      call.context().header(SINCE, since.toString());
    }
    String subject = session.isEmpty() ? eventId : session;
    boolean first = call.query("version").equals("poi-1");
    Instant now = gate.now();
    byte[] signed = document(first, tenant, subject, now, events).endObject().toByteArray();
    JsonOutput out = document(first, tenant, subject, now, events).name("signature");
    byte[] signature = first ? masterKeys.newest().proofSignature(signed) : key.sign(signed);
    out.string(
        first
            ? Base64.getUrlEncoder().withoutPadding().encodeToString(signature)
            : Base64.getEncoder().encodeToString(signature));
    call.reply(out);
  }

  /** Sessions of several tenants may have the same id; a document speaks of one. */
  private static void checkOneTenant(List<StoredEvent> events) {
    Set<String> tenants = new TreeSet<>();
    for (StoredEvent event : events) {
      tenants.add(AuditChain.keyOf(event.event().tenant()));
    }
    if (tenants.size() > 1) {
      throw AdminException.badRequest(
          "tenant is required: several have events of that subject, "
              + tenants.stream().limit(10).collect(Collectors.joining(", ")));
    }
  }

  private static String scope(Principal who, String named) {
    if (!who.isSuperadmin() && !named.isEmpty() && !named.equals(who.tenant())) {
      throw new AdminException(403, "tenant does not match admin token's tenant");
    }
    return who.isSuperadmin() ? named : who.tenant();
  }

  private JsonOutput document(
      boolean first, String tenant, String subject, Instant now, List<StoredEvent> events) {
    JsonOutput out = AdminCall.json().name("version").string(first ? "poi-1" : "poi-2");
    out.name("tenant").string(tenant.isEmpty() ? events.get(0).event().tenant() : tenant);
    out.name("subject").string(subject);
    out.name("generated_at").string(now.toString());
    out.name("entries").beginArray();
    for (StoredEvent event : events) {
      out.rawValue(EventJson.bytes(event));
    }
    return out.endArray().name("key_id").string(first ? "master-hmac-v1" : key.id());
  }
}
