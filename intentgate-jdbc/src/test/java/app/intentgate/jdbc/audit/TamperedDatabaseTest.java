package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.VerificationReport;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes one value, row or head in the database is found (B28, B58). */
class TamperedDatabaseTest {
  private static final int EVENTS = 12;
  private static final Instant START = Instant.parse("2026-05-11T22:30:00.25Z");

  @TempDir Path directory;

  private static void fill(JdbcAuditStore store) {
    for (int i = 0; i < EVENTS; i++) {
      AuditEvent event =
          AuditEvent.builder()
              .at(START.plusSeconds(i))
              .decision(i % 2 == 0 ? AuditDecision.ALLOW : AuditDecision.BLOCK)
              .phase(AuditPhase.DECISION)
              .check("policy")
              .tenant("acme")
              .agentId("agent-" + i % 3)
              .tool("pay_invoice")
              .capabilityTokenId("jti-" + i)
              .elevationId("elevation-" + i)
              .callId("call-" + i)
              .build();
      store.append(event).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  private static VerificationReport verify(JdbcAuditStore store) {
    return store.verify("acme", null, null);
  }

  @ParameterizedTest
  @EnumSource
  void any_single_stored_value_that_is_changed_is_found(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(store);
      assertThat(verify(store).ok()).isTrue();
      int tried = 0;
      for (String table : List.of("ig_audit_events", "ig_chain_heads", "ig_audit_commits")) {
        for (Map<String, Object> row : rows(stores, table)) {
          for (String column : row.keySet()) {
            for (String change : changes(column, row)) {
              String where = where(row, table);
              Tampering.run(
                  stores, "UPDATE %s SET \"%s\" = %s WHERE %s", table, column, change, where);
              VerificationReport report = verify(store);
              assertThat(report.ok()).as("%s.%s = %s", table, column, change).isFalse();
              Tampering.put(stores, table, column, row);
              tried++;
            }
          }
        }
        assertThat(verify(store).ok()).as("put back in %s", table).isTrue();
      }
      assertThat(tried).isGreaterThan(13 * EVENTS);
    }
  }

  private static List<Map<String, Object>> rows(TestStores stores, String table) {
    return stores.database().read(h -> h.createQuery("SELECT * FROM " + table).mapToMap().list());
  }

  /**
   * What a value of a column is changed into: another value, and an empty one. A commit's position
   * is an order and no evidence: what it is changed into changes the order.
   */
  private static List<String> changes(String column, Map<String, Object> row) {
    Object value = row.get(column);
    if (column.equals("chain")) {
      return List.of("'other'", "''");
    }
    if (column.equals("position")) {
      boolean first = row.get("first_seq") instanceof Number n && n.longValue() == 1;
      return first ? List.of("9000000000") : List.of("0");
    }
    if (value instanceof Number n) {
      return List.of(String.valueOf(n.longValue() + 1000), "-1");
    }
    if (value instanceof String) {
      return List.of("'x' || \"" + column + "\"", "''");
    }
    return List.of("ts + interval '1 microsecond'", "ts + interval '3 months'");
  }

  private static String where(Map<String, Object> row, String table) {
    return switch (table) {
      case "ig_audit_events" -> "seq = " + row.get("seq");
      case "ig_audit_commits" -> "position = " + row.get("position");
      default -> "chain = 'acme'";
    };
  }

  @ParameterizedTest
  @EnumSource
  void rows_that_are_deleted_added_or_cut_off_are_found_and_named(TestDatabase kind) {
    record Case(Break how, String... statements) {}
    String copy =
        "INSERT INTO ig_audit_events SELECT chain, seq + %d, ts, tenant, event, decision,"
            + " \"check\", agent_id, tool, jti, elevation_id, call_id, line FROM ig_audit_events"
            + " WHERE seq = %d";
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(Break.MISSING, "DELETE FROM ig_audit_events WHERE seq = 5"));
    cases.add(new Case(Break.NOT_GENESIS, "DELETE FROM ig_audit_events WHERE seq < 4"));
    cases.add(new Case(Break.TAIL_CUT, "DELETE FROM ig_audit_events WHERE seq > 9"));
    cases.add(
        new Case(
            Break.TAIL_CUT,
            "DELETE FROM ig_audit_events WHERE seq > 9",
            "DELETE FROM ig_audit_commits WHERE last_seq > 9"));
    cases.add(new Case(Break.TAIL_CUT, "DELETE FROM ig_audit_events"));
    cases.add(new Case(Break.HEAD_MISMATCH, "DELETE FROM ig_chain_heads"));
    cases.add(
        new Case(
            Break.HEAD_MISMATCH,
            "DELETE FROM ig_audit_commits WHERE last_seq > 9",
            "UPDATE ig_chain_heads SET seq = 9"));
    cases.add(new Case(Break.REORDERED, copy.formatted(1, EVENTS)));
    cases.add(
        new Case(
            Break.UNHASHED,
            "UPDATE ig_audit_events SET line = replace(line, substr(line, length(line) - 74, 74),"
                + " '') WHERE seq = 7"));
    cases.add(new Case(Break.REORDERED, "DELETE FROM ig_audit_commits WHERE first_seq = 6"));
    for (Case each : cases) {
      try (TestStores stores = new TestStores(kind, directory);
          JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
        fill(store);
        for (String statement : each.statements()) {
          Tampering.run(stores, statement.replace("%", "%%"));
        }
        VerificationReport report = verify(store);
        assertThat(report.ok()).as("%s", (Object) each.statements()).isFalse();
        assertThat(report.broken().how()).as("%s", report.broken()).isEqualTo(each.how());
      }
    }
  }
}
