package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.json.JsonOutput;
import app.intentgate.token.KeyRing;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code POST /v1/admin/proof-of-intent}: what was decided in a session, or about one event, as a
 * document that a third party can check: the events with the hashes they have on the chain, signed
 * with the key of {@code /v1/admin/audit/key} over the document without its signature.
 */
final class ProofRoute implements RouteGroup {
  private static final Set<String> MEMBERS = Set.of("session_id", "event_id", "tenant");

  /** More events of one session than these are not proved in one document. */
  private static final int MOST = 10_000;

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
    List<StoredEvent> events = events(tenant, session, eventId);
    if (events.isEmpty()) {
      throw new AdminException(404, "no audit events found for that subject");
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

  private static String scope(Principal who, String named) {
    if (!who.isSuperadmin() && !named.isEmpty() && !named.equals(who.tenant())) {
      throw new AdminException(403, "tenant does not match admin token's tenant");
    }
    return who.isSuperadmin() ? named : who.tenant();
  }

  /** Events of one call belong together: who names one of them gets them all. */
  private List<StoredEvent> events(String tenant, String session, String eventId) {
    if (!session.isEmpty()) {
      return scan(tenant, MOST, event -> session.equals(event.sessionId()));
    }
    List<StoredEvent> call = ofCall(tenant, eventId);
    if (!call.isEmpty()) {
      return call;
    }
    List<StoredEvent> one = scan(tenant, 1, event -> eventId.equals(event.eventId()));
    String callId = one.isEmpty() ? "" : one.get(0).event().callId();
    return callId.isEmpty() ? one : ofCall(tenant, callId);
  }

  private List<StoredEvent> ofCall(String tenant, String callId) {
    return gate.audit()
        .query(
            AuditQuery.builder()
                .tenant(tenant)
                .callId(callId)
                .limit(AuditQuery.MAX_LIMIT)
                .oldestFirst()
                .build())
        .events();
  }

  /** What no index leads to is looked for from the first event on. */
  private List<StoredEvent> scan(String tenant, int most, Predicate<AuditEvent> wanted) {
    List<StoredEvent> found = new ArrayList<>();
    gate.audit()
        .export(
            AuditQuery.builder().tenant(tenant).build(),
            stored -> {
              if (wanted.test(stored.event())) {
                found.add(stored);
              }
              return found.size() < most;
            });
    return found;
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
