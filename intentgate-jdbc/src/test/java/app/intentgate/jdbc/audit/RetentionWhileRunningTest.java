package app.intentgate.jdbc.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Months go while gates append, readers read and somebody may stop it. */
class RetentionWhileRunningTest {
  private static final Instant MARCH = Instant.parse("2026-03-05T00:00:00Z");
  private static final YearMonth MONTH = YearMonth.of(2026, 3);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir Path directory;

  private final CheckpointKey key = CheckpointKey.generate(MARCH);

  /** Tells of each time it is asked, which is for each part that goes before it is gone. */
  private static Clock telling(IntConsumer listener) {
    AtomicInteger asked = new AtomicInteger();
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        listener.accept(asked.incrementAndGet());
        return MARCH;
      }
    };
  }

  private static void append(JdbcAuditStore store, String tenant, String... times) {
    for (String time : times) {
      store
          .append(
              AuditEvent.builder()
                  .at(Instant.parse(time))
                  .decision(AuditDecision.ALLOW)
                  .tenant(tenant)
                  .tool("read_a")
                  .build())
          .toCompletableFuture()
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
    }
  }

  /**
   * Of acme a year without partitions, then months that have one, with clocks that differ; of
   * globex one old month; each with events that stay.
   */
  private static void fill(Database database, JdbcAuditStore store) {
    new MonthPartitions(
            database, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
        .makeAhead();
    append(
        store,
        "acme",
        "2025-10-01T00:00:00Z",
        "2025-10-02T00:00:00Z",
        "2025-10-03T00:00:00Z",
        "2026-01-10T00:00:00Z",
        "2026-01-31T23:59:59Z",
        "2026-02-01T00:00:00Z",
        "2026-01-31T23:59:59.9Z",
        "2026-02-03T00:00:00Z",
        "2026-03-01T00:00:00Z");
    append(
        store,
        "globex",
        "2026-02-02T00:00:00Z",
        "2026-02-03T00:00:00Z",
        "2026-02-04T00:00:00Z",
        "2026-03-02T00:00:00Z");
  }

  private void verify(Database database, JdbcAuditStore store) {
    assertThat(store.verify("acme", null, null).broken()).isNull();
    assertThat(store.verify("globex", null, null).broken()).isNull();
    assertThat(
            DatabaseVerifier.verify(
                    database.config().target(),
                    List.of(),
                    CheckpointKeys.of(List.of(key.publicHalf())),
                    (bytes, events) -> {})
                .broken())
        .isNull();
  }

  private static long count(Database database, String rest) {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM " + rest).mapTo(Long.class).one());
  }

  private void assertOnlyMarchIsLeft(Database database, JdbcAuditStore store) {
    verify(database, store);
    assertThat(store.verify("acme", null, null).start().seq()).isEqualTo(9);
    assertThat(count(database, "ig_audit_events")).isEqualTo(2);
    assertThat(count(database, "ig_audit_commits")).isEqualTo(2);
    assertThat(count(database, "ig_audit_closings")).isEqualTo(2);
    if (database.dialect().isShared()) {
      assertThat(count(database, "pg_class WHERE relname = 'ig_audit_events_2026_01'")).isZero();
      assertThat(count(database, "pg_class WHERE relname = 'ig_audit_events_2026_02'")).isZero();
      assertThat(count(database, "pg_class WHERE relname = 'ig_audit_events_2026_03'")).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_chains_verify_at_every_moment(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(stores.database(), store);
      // The last of acme that goes and the first that stays came in one commit.
      Tampering.run(stores, "DELETE FROM ig_audit_commits WHERE chain = 'acme' AND last_seq = 8");
      Tampering.run(
          stores,
          "UPDATE ig_audit_commits SET first_seq = 8 WHERE chain = 'acme' AND last_seq = 9");
      AtomicInteger moments = new AtomicInteger();
      Clock clock =
          telling(
              asked -> {
                verify(stores.database(), store);
                moments.incrementAndGet();
              });
      Retention retention = new Retention(stores.database(), key, clock, 2, PATIENCE);
      assertThat(retention.closeBefore(MONTH, true))
          .extracting(Retention.Closed::events)
          .containsExactly(8L, 3L);
      assertThat(moments.get()).as("more than one for each chain").isGreaterThan(4);
      assertOnlyMarchIsLeft(stores.database(), store);
      assertThat(count(stores.database(), "ig_audit_commits WHERE first_seq = last_seq"))
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_stopped_anywhere_verifies_and_is_finished_by_the_next_run(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(stores.database(), store);
      long left = count(stores.database(), "ig_audit_events");
      for (int run = 0; run < 2; run++) {
        Clock clock =
            telling(
                asked -> {
                  // At most two chains are signed, then each part before it goes.
                  if (asked == 4) {
                    throw new IllegalStateException("stopped");
                  }
                });
        Retention retention = new Retention(stores.database(), key, clock, 2, PATIENCE);
        assertThatThrownBy(() -> retention.closeBefore(MONTH, true)).hasMessage("stopped");
        verify(stores.database(), store);
        long now = count(stores.database(), "ig_audit_events");
        assertThat(now).as("a part is gone").isLessThan(left);
        left = now;
        append(store, "acme", "2026-03-04T00:00:00Z");
        left++;
      }
      Retention retention =
          new Retention(stores.database(), key, Clock.fixed(MARCH, ZoneOffset.UTC), 2, PATIENCE);
      assertThat(retention.closeBefore(MONTH, true)).isNotEmpty();
      assertThat(retention.closeBefore(MONTH, true)).isEmpty();
      verify(stores.database(), store);
      assertThat(store.verify("acme", null, null).start().seq()).isEqualTo(9);
      assertThat(count(stores.database(), "ig_audit_events")).isEqualTo(4);
      assertThat(count(stores.database(), "ig_audit_commits")).isEqualTo(4);
    }
  }

  @Test
  void appends_hardly_wait_for_a_drop_that_waits_for_a_reader() throws Exception {
    try (TestStores stores = new TestStores(TestDatabase.POSTGRESQL, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database());
        Connection reader = stores.database().connect()) {
      fill(stores.database(), store);
      reader.setAutoCommit(false);
      try (Statement statement = reader.createStatement()) {
        statement.execute("SELECT count(*) FROM ig_audit_events");
      }
      Retention retention =
          new Retention(
              stores.database(), key, Clock.fixed(MARCH, ZoneOffset.UTC), 10_000, PATIENCE);
      CompletableFuture<List<Retention.Closed>> closing =
          CompletableFuture.supplyAsync(() -> retention.closeBefore(MONTH, true));
      long longest = 0;
      int appended = 0;
      while (!closing.isDone()) {
        long began = System.nanoTime();
        append(store, "acme", "2026-03-04T00:00:00Z");
        longest = Math.max(longest, System.nanoTime() - began);
        appended++;
      }
      assertThat(closing.join()).hasSize(2);
      assertThat(appended).isGreaterThan(10);
      assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(1_500));
      reader.rollback();
      assertThat(count(stores.database(), "ig_audit_events")).isEqualTo(2 + appended);
      assertThat(count(stores.database(), "pg_class WHERE relname = 'ig_audit_events_2026_01'"))
          .as("not dropped, but without rows")
          .isOne();
      verify(stores.database(), store);

      assertThat(retention.closeBefore(MONTH, true)).isEmpty();

      assertThat(count(stores.database(), "pg_class WHERE relname = 'ig_audit_events_2026_01'"))
          .isZero();
      verify(stores.database(), store);
    }
  }

  @Test
  void a_verification_that_began_before_does_not_miss_what_is_dropped_meanwhile() throws Exception {
    try (TestStores stores = new TestStores(TestDatabase.POSTGRESQL, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database());
        Connection verifier =
            Database.connectReadOnly(stores.database().config().target(), Duration.ofSeconds(30))) {
      fill(stores.database(), store);
      AuditSql sql = new PostgresAuditSql();
      sql.hold(verifier);
      assertThat(Closings.ends(verifier)).isEmpty();
      CompletableFuture<List<Retention.Closed>> closing =
          CompletableFuture.supplyAsync(
              () ->
                  new Retention(
                          stores.database(),
                          key,
                          Clock.fixed(MARCH, ZoneOffset.UTC),
                          10_000,
                          Duration.ofSeconds(20))
                      .closeBefore(MONTH, true));
      // Acme's rows before January are gone, and January's partition waits.
      until(() -> count(stores.database(), "ig_audit_closings") > 0);
      TimeUnit.MILLISECONDS.sleep(500);
      assertThat(
              SqlVerification.verify(
                      sql,
                      verifier,
                      "acme",
                      new app.intentgate.audit.ChainLines("acme", null, null),
                      true,
                      null,
                      n -> {})
                  .verified())
          .isEqualTo(9);
      assertThat(closing.isDone()).isFalse();
      verifier.rollback();
      assertThat(closing.orTimeout(30, TimeUnit.SECONDS).join()).hasSize(2);
      assertOnlyMarchIsLeft(stores.database(), store);
    }
  }

  @Test
  void a_part_may_take_longer_than_a_gate_waits_for_an_answer() throws Exception {
    try (TestStores stores = new TestStores(TestDatabase.POSTGRESQL, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database());
        Database hasty =
            Database.open(
                DatabaseConfig.of(stores.database().config().target())
                    .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        Connection other = stores.database().connect()) {
      fill(stores.database(), store);
      other.setAutoCommit(false);
      try (Statement statement = other.createStatement()) {
        statement.execute("SELECT 1 FROM ig_audit_events WHERE chain = 'acme' FOR UPDATE");
      }
      CompletableFuture<List<Retention.Closed>> closing =
          CompletableFuture.supplyAsync(
              () ->
                  new Retention(hasty, key, Clock.fixed(MARCH, ZoneOffset.UTC), 10_000, PATIENCE)
                      .closeBefore(MONTH, true));
      TimeUnit.MILLISECONDS.sleep(2_500);
      assertThat(closing).as("it waits").isNotDone();
      other.rollback();
      assertThat(closing.orTimeout(30, TimeUnit.SECONDS).join()).hasSize(2);
      assertOnlyMarchIsLeft(stores.database(), store);
    }
  }
}
