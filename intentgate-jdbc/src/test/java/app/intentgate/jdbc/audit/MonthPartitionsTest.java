package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The partitions of PostgreSQL's events, one for each month of UTC. */
class MonthPartitionsTest {
  @TempDir Path directory;

  private static Clock at(String time) {
    return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
  }

  private static void append(JdbcAuditStore store, String time) {
    store
        .append(
            AuditEvent.builder()
                .at(Instant.parse(time))
                .decision(AuditDecision.ALLOW)
                .tenant("acme")
                .callId(time)
                .build())
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  /** In which table an event lies. */
  private static String table(Database database, String time) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT tableoid::regclass::text FROM ig_audit_events WHERE call_id = :id")
                .bind("id", time)
                .mapTo(String.class)
                .one());
  }

  @Test
  void an_event_lies_with_those_of_its_month_and_any_is_found() {
    // A clock of another zone, where it is the next year already.
    Clock clock = Clock.fixed(Instant.parse("2026-12-31T23:30:00Z"), ZoneId.of("Pacific/Auckland"));
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("2026-12-31T23:59:59.999999Z", "ig_audit_events_2026_12");
    tables.put("2027-01-01T00:00:00Z", "ig_audit_events_2027_01");
    tables.put("2027-02-28T23:59:59.999999Z", "ig_audit_events_2027_02");
    tables.put("2027-03-01T00:00:00Z", "ig_audit_events_2027_03");
    tables.put("2027-03-31T23:59:59.999999Z", "ig_audit_events_2027_03");
    tables.put("2027-04-01T00:00:00Z", "ig_audit_events_other");
    tables.put("2026-11-30T23:59:59.999999Z", "ig_audit_events_other");
    tables.put("0000-01-01T00:00:00Z", "ig_audit_events_other");
    tables.put("9999-12-31T23:59:59.999999Z", "ig_audit_events_other");
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory)) {
      assertThat(new MonthPartitions(database, clock).makeAhead()).isEqualTo(4);
      try (JdbcAuditStore store = new JdbcAuditStore(database)) {
        tables.forEach(
            (time, table) -> {
              append(store, time);
              assertThat(table(database, time)).as(time).isEqualTo(table);
              Instant at = Instant.parse(time);
              assertThat(
                      store
                          .query(AuditQuery.builder().tenant("acme").from(at).to(at).build())
                          .events())
                  .extracting(stored -> stored.event().callId())
                  .containsExactly(time);
            });
        assertThat(store.verify("acme", null, null).verified()).isEqualTo(tables.size());
      }
    }
  }

  @Test
  void only_those_that_are_missing_are_made_by_however_many_gates() throws Exception {
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory)) {
      AtomicInteger made = new AtomicInteger();
      List<Thread> gates = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread gate =
            new Thread(
                () ->
                    made.addAndGet(
                        new MonthPartitions(database, at("2031-10-31T12:00:00Z")).makeAhead()));
        gates.add(gate);
        gate.start();
      }
      for (Thread gate : gates) {
        gate.join();
      }
      assertThat(made).hasValue(4);
      assertThat(new MonthPartitions(database, at("2031-11-30T00:00:00Z")).makeAhead())
          .isEqualTo(1);
      assertThat(new MonthPartitions(database, at("2031-11-01T00:00:00Z")).makeAhead()).isZero();
      assertThat(new MonthPartitions(database, at("2033-01-01T00:00:00Z")).makeAhead())
          .as("after a long pause")
          .isEqualTo(4);
    }
  }

  @Test
  void a_month_whose_events_lie_among_the_others_stays_without_and_the_rest_is_made() {
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory);
        JdbcAuditStore store = new JdbcAuditStore(database)) {
      append(store, "2031-02-10T00:00:00Z");
      MonthPartitions partitions = new MonthPartitions(database, at("2031-01-15T00:00:00Z"));
      assertThat(partitions.makeAhead()).isEqualTo(3);
      append(store, "2031-02-11T00:00:00Z");
      append(store, "2031-03-11T00:00:00Z");
      assertThat(table(database, "2031-02-11T00:00:00Z")).isEqualTo("ig_audit_events_other");
      assertThat(table(database, "2031-03-11T00:00:00Z")).isEqualTo("ig_audit_events_2031_03");
      assertThat(partitions.makeAhead()).isZero();
      assertThat(store.query(AuditQuery.all()).events()).hasSize(3);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }

  @Test
  void a_table_that_another_gate_made_meanwhile_is_seen_in_the_same_transaction() {
    try (Database database = Migrated.create(TestDatabase.POSTGRESQL, directory)) {
      String exists = database.dialect().tableExists();
      database.write(
          handle -> {
            assertThat(handle.select(exists, "made_meanwhile").mapTo(Boolean.class).one())
                .isFalse();
            EmbeddedPostgresServer.execute(
                name(database), "CREATE TABLE made_meanwhile (n INTEGER)");
            assertThat(handle.select(exists, "made_meanwhile").mapTo(Boolean.class).one()).isTrue();
            assertThat(handle.select(exists, "ig_audit_events").mapTo(Boolean.class).one())
                .isTrue();
            return true;
          });
    }
  }

  private static String name(Database database) {
    return database.config().target().describe().replaceFirst(".*/", "");
  }

  @Test
  void sqlite_has_none() {
    try (Database database = Migrated.create(TestDatabase.SQLITE, directory)) {
      assertThat(new MonthPartitions(database, at("2026-01-01T00:00:00Z")).makeAhead()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"2026-01, ig_audit_events_2026_01", "0999-12, ig_audit_events_0999_12"})
  void a_partition_is_named_by_its_month(String month, String name) {
    assertThat(MonthPartitions.name(YearMonth.parse(month))).isEqualTo(name);
  }
}
