package app.intentgate.jdbc.audit;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.audit.checkpoint.ClosingCheckpoint;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Months are closed by a signed checkpoint and the chain goes on to verify (B30). */
class RetentionTest {
  private static final Clock MARCH =
      Clock.fixed(Instant.parse("2026-03-05T00:00:00Z"), ZoneOffset.UTC);
  private static final YearMonth FEBRUARY = YearMonth.of(2026, 2);

  @TempDir Path directory;

  private final CheckpointKey key = CheckpointKey.generate(MARCH.instant());

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

  /** Of acme five events, three of January, one of which comes late; of globex two, both old. */
  private static void fill(TestStores stores, JdbcAuditStore store) {
    new MonthPartitions(
            stores.database(), Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
        .makeAhead();
    append(
        store,
        "acme",
        "2026-01-10T00:00:00Z",
        "2026-01-31T23:59:59Z",
        "2026-02-01T00:00:00Z",
        "2026-01-31T23:59:59.9Z",
        "2026-03-01T00:00:00Z");
    append(store, "globex", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z");
  }

  @ParameterizedTest
  @EnumSource
  void a_follower_of_all_tenants_goes_on_when_everything_it_read_is_gone(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      append(store, "acme", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
      append(store, "globex", "2026-01-03T00:00:00Z");
      AuditQueryBuilder follow = AuditQuery.builder().oldestFirst();
      // What is newer than the oldest transaction of the server is shown when that has ended.
      until(() -> store.query(follow.build()).events().size() == 3);
      String cursor = store.query(follow.build()).nextCursor();
      assertThat(new Retention(stores.database(), key, MARCH).closeBefore(FEBRUARY, true))
          .hasSize(2);
      append(store, "globex", "2026-03-04T00:00:00Z");
      until(() -> store.query(follow.cursor(cursor).build()).events().size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_closed_month_is_gone_and_what_is_left_verifies_from_its_checkpoint(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(stores, store);
      Retention retention = new Retention(stores.database(), key, MARCH);

      assertThat(retention.closeBefore(FEBRUARY, false)).hasSize(2);
      assertThat(store.verify("acme", null, null).start().genesis()).isTrue();
      List<Retention.Closed> closed = retention.closeBefore(FEBRUARY, true);

      assertThat(closed).extracting(Retention.Closed::events).containsExactly(2L, 2L);
      VerificationReport acme = store.verify("acme", null, null);
      assertThat(acme.broken()).isNull();
      assertThat(acme.verified()).isEqualTo(3);
      assertThat(acme.start().seq()).isEqualTo(3);
      assertThat(acme.start().why()).contains(key.id()).contains("closes the rows up to event 2");
      assertThat(store.verify("globex", null, null).ok()).isTrue();
      if (kind == TestDatabase.POSTGRESQL) {
        // A late event keeps January's partition until its number is closed too.
        assertThat(partition(stores, "ig_audit_events_2026_01")).isTrue();
      }

      append(store, "globex", "2026-03-04T00:00:00Z");
      append(store, "acme", "2026-03-04T00:00:00Z");
      assertThat(store.verify("globex", null, null).verified()).isEqualTo(1);
      assertThat(retention.closeBefore(FEBRUARY, true)).isEmpty();
      assertThat(retention.closeBefore(YearMonth.of(2026, 3), true)).hasSize(1);
      assertThat(store.verify("acme", null, null).start().seq()).isEqualTo(5);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
      if (kind == TestDatabase.POSTGRESQL) {
        assertThat(partition(stores, "ig_audit_events_2026_01")).isFalse();
        assertThat(partition(stores, "ig_audit_events_2026_02")).isFalse();
        assertThat(partition(stores, "ig_audit_events_2026_03")).isTrue();
      }
      assertThat(whole(stores, List.of(), CheckpointKeys.of(List.of(key.publicHalf()))).ok())
          .isTrue();
    }
  }

  private static boolean partition(TestStores stores, String name) {
    return stores
        .database()
        .read(
            h ->
                h.createQuery("SELECT to_regclass(:n) IS NOT NULL")
                    .bind("n", name)
                    .mapTo(Boolean.class)
                    .one());
  }

  private static AuditFileVerifier.Result whole(
      TestStores stores, List<ChainHead> heads, CheckpointKeys keys) {
    return DatabaseVerifier.verify(
        stores.database().config().target(), heads, keys, (bytes, events) -> {});
  }

  @ParameterizedTest
  @EnumSource
  void a_cut_that_no_closing_checkpoint_covers_is_found(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(stores, store);
      new Retention(stores.database(), key, MARCH).closeBefore(FEBRUARY, true);
      ChainHead third = head(stores, 3);

      Tampering.run(stores, "DELETE FROM ig_audit_events WHERE chain = 'acme' AND seq = 3");
      assertThat(store.verify("acme", null, null).broken().how()).isEqualTo(Break.MISSING);

      // A checkpoint that merely says where the chain stood closes nothing.
      String note = key.sign("acme", 3, third.hash(), MARCH.instant()).note();
      insert(stores, 3, note);
      assertThat(store.verify("acme", null, null).ok()).isFalse();
      insert(stores, 3, note.stripTrailing() + "\ncloses AAAA\n");
      assertThat(store.verify("acme", null, null).ok()).isFalse();

      // A key that the auditor does not trust closes nothing for the auditor.
      CheckpointKey intruder = CheckpointKey.generate(MARCH.instant());
      insert(
          stores,
          3,
          ClosingCheckpoint.sign(intruder, "acme", 3, third.hash(), MARCH.instant()).note());
      assertThat(store.verify("acme", null, null).ok()).isFalse();
      Tampering.run(stores, "DELETE FROM ig_audit_closings");
      assertThat(store.verify("acme", null, null).broken().how()).isEqualTo(Break.NOT_GENESIS);
      assertThat(whole(stores, List.of(), CheckpointKeys.of(List.of(key.publicHalf()))).ok())
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_taken_from_a_broken_chain(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      fill(stores, store);
      Tampering.run(
          stores, "UPDATE ig_audit_events SET tool = 'x' WHERE chain = 'acme' AND seq = 5");
      assertThatThrownBy(
              () -> new Retention(stores.database(), key, MARCH).closeBefore(FEBRUARY, true))
          .isInstanceOf(RetentionException.class)
          .hasMessageContaining("acme");
      assertThat(head(stores, 1)).isNotNull();
    }
  }

  private static void insert(TestStores stores, long seq, String note) {
    stores
        .database()
        .write(
            h ->
                h.execute(
                    "INSERT INTO ig_audit_closings (chain, seq, note) VALUES ('acme', ?, ?) ON"
                        + " CONFLICT (chain, seq) DO UPDATE SET note = excluded.note",
                    seq,
                    note));
  }

  private static ChainHead head(TestStores stores, long seq) {
    String line =
        stores
            .database()
            .read(
                h ->
                    h.createQuery(
                            "SELECT line FROM ig_audit_events WHERE chain = 'acme' AND seq = :s")
                        .bind("s", seq)
                        .mapTo(String.class)
                        .one());
    var stored =
        app.intentgate.audit.EventJson.read(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new ChainHead("acme", stored.seq(), stored.hash(), stored.event().at());
  }
}
