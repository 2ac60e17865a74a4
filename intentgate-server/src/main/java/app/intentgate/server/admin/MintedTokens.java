package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The tokens that were minted, as the audit log tells: every gate's, and none twice. */
final class MintedTokens {
  private static final List<String> ACTIONS = List.of("admin/mint", "admin/exception-grant");

  private final IntentGate gate;

  MintedTokens(IntentGate gate) {
    this.gate = gate;
  }

  /**
   * The newest first.
   *
   * @param tenant the tenant; empty for all
   * @param subject the agent; empty for all
   * @param most how many at the most
   */
  List<AuditEvent> newest(String tenant, String subject, int most) {
    List<StoredEvent> found = new ArrayList<>();
    for (String action : ACTIONS) {
      collect(action, tenant, subject, most, found);
    }
    return found.stream()
        .map(StoredEvent::event)
        .sorted(Comparator.comparing(AuditEvent::at).reversed())
        .limit(most)
        .toList();
  }

  private void collect(
      String action, String tenant, String subject, int most, List<StoredEvent> into) {
    int left = most;
    String cursor = null;
    do {
      AuditPage page =
          gate.audit()
              .query(
                  AuditQuery.builder()
                      .tool(action)
                      .tenant(tenant)
                      .agentId(subject)
                      .limit(Math.max(1, Math.min(AuditQuery.MAX_LIMIT, left)))
                      .cursor(cursor)
                      .build());
      into.addAll(page.events());
      left -= page.events().size();
      cursor = page.events().isEmpty() ? null : page.nextCursor();
    } while (cursor != null && left > 0);
  }
}
