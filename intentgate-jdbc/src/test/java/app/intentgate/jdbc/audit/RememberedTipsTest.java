package app.intentgate.jdbc.audit;

import static app.intentgate.jdbc.testing.TestCalls.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.StoredEvent;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A gate that was alone at a chain goes on from where it left it without asking; what others do to
 * the chain meanwhile, and what a network delivers late, changes nothing of what is stored (B26,
 * B59).
 */
class RememberedTipsTest {
  private static final Duration WAIT = Duration.ofMillis(500);

  private final String url = EmbeddedPostgresServer.newMigratedDatabase();

  private Database open(String at) {
    return Database.open(
        DatabaseConfig.of(new DatabaseTarget.Postgres(PostgresUrl.parse(at)))
            .withWaits(Duration.ofMillis(500), Duration.ofSeconds(5)));
  }

  private String through(Proxy proxy) {
    return url.replaceFirst("@localhost:\\d+", "@localhost:" + proxy.port());
  }

  private static StoredEvent get(CompletionStage<StoredEvent> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static SqlCommitter committer(Database database) {
    return new SqlCommitter(database, new PostgresAuditSql());
  }

  private static List<Long> commit(SqlCommitter committer, String... calls) throws SQLException {
    List<AuditEvent> batch = new ArrayList<>();
    for (String call : calls) {
      batch.add(event(call));
    }
    return committer.commit(batch).stream().map(StoredEvent::seq).toList();
  }

  @Test
  void a_chain_that_somebody_else_moved_is_looked_at_again_and_goes_on_from_there()
      throws SQLException {
    try (Database one = open(url);
        Database other = open(url);
        JdbcAuditStore store = new JdbcAuditStore(one)) {
      SqlCommitter first = committer(one);
      SqlCommitter second = committer(other);
      assertThat(commit(first, "a")).containsExactly(1L);
      assertThat(commit(first, "b", "c")).containsExactly(2L, 3L);
      assertThat(first.misses()).isZero();
      assertThat(commit(second, "d")).containsExactly(4L);
      assertThat(commit(first, "e")).containsExactly(5L);
      assertThat(first.misses()).as("the guess was wrong once").isEqualTo(1);
      assertThat(commit(second, "f")).containsExactly(6L);
      assertThat(commit(first, "g")).containsExactly(7L);
      assertThat(first.misses()).as("it does not guess while another writes").isEqualTo(1);
      assertThat(commit(first, "h")).containsExactly(8L);
      assertThat(commit(first, "i")).containsExactly(9L);
      assertThat(first.misses()).isEqualTo(1);
      assertThat(first.retries()).isZero();
      assertThat(store.verify("acme", null, null).ok()).isTrue();
      assertThat(store.query(AuditQuery.all()).events()).hasSize(9);
    }
  }

  @Test
  void a_head_that_was_moved_back_by_hand_is_not_followed_by_what_was_remembered()
      throws SQLException {
    try (Database one = open(url)) {
      SqlCommitter first = committer(one);
      commit(first, "a");
      commit(first, "b");
      String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
      EmbeddedPostgresServer.execute(name, "UPDATE ig_chain_heads SET hash = repeat('0', 64)");
      assertThat(commit(first, "c")).containsExactly(3L);
      assertThat(first.misses()).isEqualTo(1);
      try (JdbcAuditStore store = new JdbcAuditStore(one)) {
        assertThat(store.verify("acme", null, null).ok()).as("it shows").isFalse();
      }
    }
  }

  @Test
  void a_commit_that_is_delivered_after_its_caller_was_refused_is_not_taken() throws Exception {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        Database database = open(through(proxy));
        Database direct = open(url);
        JdbcAuditStore reader = new JdbcAuditStore(direct);
        JdbcAuditStore store =
            new JdbcAuditStore(database, new AuditWriter.Limits(1_000, 100, WAIT), null)) {
      get(store.append(event("first")));
      get(store.append(event("second")));
      proxy.keepBack("late-call");
      CompletionStage<StoredEvent> late = store.append(event("late-call"));
      proxy.awaitKept();
      proxy.down();
      TimeUnit.MILLISECONDS.sleep(WAIT.toMillis() * 2);
      proxy.up();
      assertThatThrownBy(() -> get(late))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(AuditException.class);
      proxy.deliver("22012");
      assertThat(reader.heads().get(0).seq()).isEqualTo(2);
      assertThat(get(store.append(event("after"))).seq()).isEqualTo(3);
      assertThat(reader.verify("acme", null, null).ok()).isTrue();
    }
  }

  @Test
  void a_commit_that_is_delivered_while_its_caller_waits_is_stored_once() throws Exception {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        Database database = open(through(proxy));
        JdbcAuditStore store =
            new JdbcAuditStore(
                database, new AuditWriter.Limits(1_000, 100, Duration.ofSeconds(20)), null)) {
      get(store.append(event("first")));
      get(store.append(event("second")));
      proxy.keepBack("late-call");
      CompletionStage<StoredEvent> late = store.append(event("late-call"));
      proxy.awaitKept();
      assertThat(get(late).seq()).isEqualTo(3);
      proxy.deliver("22012");
      assertThat(store.heads().get(0).seq()).isEqualTo(3);
      assertThat(store.verify("acme", null, null).ok()).isTrue();
    }
  }
}
