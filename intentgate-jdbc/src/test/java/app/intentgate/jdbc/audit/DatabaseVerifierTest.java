package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditFileVerifier.Result;
import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.checkpoint.SqlCheckpointStore;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An auditor who may only read finds what was done to a database as a whole. */
class DatabaseVerifierTest {
  private static final Instant START = Instant.parse("2026-05-11T22:30:00.25Z");

  @TempDir Path directory;

  private final CheckpointKey key = CheckpointKey.generate(START);
  private final CheckpointKeys keys = CheckpointKeys.of(List.of(key.publicHalf()));

  private static void append(JdbcAuditStore store, String tenant, int events, String tool) {
    for (int i = 0; i < events; i++) {
      AuditEvent event =
          AuditEvent.builder()
              .at(START.plusSeconds(i))
              .decision(AuditDecision.ALLOW)
              .tenant(tenant)
              .tool(tool)
              .build();
      store.append(event).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  private static Result verify(TestStores stores, List<ChainHead> heads, CheckpointKeys trusted) {
    return DatabaseVerifier.verify(
        stores.database().config().target(), heads, trusted, (bytes, events) -> {});
  }

  @ParameterizedTest
  @EnumSource
  void every_chain_is_verified_and_nothing_is_written(TestDatabase kind) throws SQLException {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      append(store, "acme", 5, "a");
      append(store, "ten\"ánt\u0000", 3, "b");
      append(store, "", 2, "c");
      Result result = verify(stores, store.heads(), keys);
      assertThat(result.broken()).isNull();
      assertThat(result.events()).isEqualTo(10);
      assertThat(result.chains()).hasSize(3);
      try (Connection connection =
              Database.connectReadOnly(
                  stores.database().config().target(), Duration.ofSeconds(20));
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("DELETE FROM ig_audit_events"))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_head_that_is_gone_rows_of_no_head_and_a_chain_that_is_gone_are_found(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      append(store, "acme", 3, "a");
      append(store, "globex", 3, "a");
      List<ChainHead> saved = store.heads();
      Tampering.run(stores, "DELETE FROM ig_chain_heads WHERE chain = 'acme'");
      Tampering.run(stores, "DELETE FROM ig_audit_commits WHERE chain = 'acme'");
      assertThat(verify(stores, List.of(), null).broken().how()).isEqualTo(Break.HEAD_MISMATCH);
      Tampering.run(stores, "DELETE FROM ig_audit_events WHERE chain = 'acme'");
      assertThat(verify(stores, List.of(), null).ok()).isTrue();
      assertThat(verify(stores, saved, null).broken().how()).isEqualTo(Break.TAIL_CUT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_rollback_and_a_full_rewrite_are_found_by_checkpoints(TestDatabase kind) {
    ChainHead yesterday;
    ChainHead today;
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      append(store, "acme", 4, "a");
      yesterday = store.heads().get(0);
      append(store, "acme", 4, "a");
      today = store.heads().get(0);
      assertThat(verify(stores, List.of(yesterday, today), null).ok()).isTrue();
    }
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      append(store, "acme", 4, "a");
      assertThat(verify(stores, List.of(yesterday), null).ok()).isTrue();
      assertThat(verify(stores, List.of(yesterday, today), null).broken().how())
          .isEqualTo(Break.TAIL_CUT);
    }
    try (TestStores stores = new TestStores(kind, directory);
        JdbcAuditStore store = new JdbcAuditStore(stores.database())) {
      append(store, "acme", 9, "forged");
      assertThat(verify(stores, List.of(), null).ok()).isTrue();
      assertThat(verify(stores, List.of(yesterday), null).broken().how())
          .isEqualTo(Break.HEAD_MISMATCH);
      // One left in the database convicts too, for whoever knows the key.
      new SqlCheckpointStore(stores.database())
          .append(key.sign("acme", today.seq(), today.hash(), START));
      assertThat(verify(stores, List.of(), keys).broken().how()).isEqualTo(Break.HEAD_MISMATCH);
    }
  }

  @Test
  void a_file_that_is_not_there_is_not_made() {
    Path file = directory.resolve("none.db");
    assertThatThrownBy(
            () ->
                DatabaseVerifier.verify(
                    new DatabaseTarget.SqliteFile(file), List.of(), null, (bytes, events) -> {}))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("no such file");
    assertThat(Files.exists(file)).isFalse();
  }
}
