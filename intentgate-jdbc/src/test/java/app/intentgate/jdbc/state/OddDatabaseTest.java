package app.intentgate.jdbc.state;

import static app.intentgate.jdbc.testing.TestCalls.appended;
import static app.intentgate.jdbc.testing.TestCalls.event;
import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditWriter;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.Proxy;
import app.intentgate.revocation.Revocation;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is slow; a peer at its address that speaks no PostgreSQL, or speaks it madly. */
@Timeout(90)
class OddDatabaseTest {
  private final String url = EmbeddedPostgresServer.newDatabase();

  /** What is answered instead of the truth. */
  enum Nonsense {
    HTTP("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
    NOISE(noise()),
    NEGATIVE_ERROR(message('E', -5, (short) 0, 0)),
    HUGE_PARAMETERS(message('t', 0x7ffffff0, Short.MAX_VALUE, 0));

    private final byte[] bytes;

    Nonsense(byte[] bytes) {
      this.bytes = bytes;
    }

    private static byte[] noise() {
      byte[] bytes = new byte[3000];
      new Random(7).nextBytes(bytes);
      return bytes;
    }

    private static byte[] message(char kind, int length, short count, int first) {
      return ByteBuffer.allocate(11)
          .put((byte) kind)
          .putInt(length)
          .putShort(count)
          .putInt(first)
          .array();
    }
  }

  private DatabaseConfig config(Proxy proxy) {
    return DatabaseConfig.of(
            TwoGates.target(url.replaceFirst("@localhost:\\d+", "@localhost:" + proxy.port())))
        .withConnections(2, 1)
        .withWaits(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  private static boolean isAppended(JdbcAuditStore store, String call) {
    try {
      return appended(store, call).seq() > 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static List<String> calls(JdbcAuditStore store) {
    until(() -> store.health().available());
    return store.query(AuditQuery.builder().oldestFirst().build()).events().stream()
        .map(stored -> stored.event().callId())
        .toList();
  }

  private static boolean isRefused(SqlState gate, String id) {
    try {
      return gate.revocations().isRevoked("acme", id);
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  @Test
  void nothing_is_stored_or_believed_of_it_and_the_gate_goes_on_when_it_makes_sense_again()
      throws IOException {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        Database database = Database.open(config(proxy))) {
      Schema.of(database).migrate();
      StateOptions options =
          StateOptions.of(Clock.systemUTC()).withStaleAfter(Duration.ofMillis(1_500));
      AuditWriter.Limits limits = new AuditWriter.Limits(100, 100, Duration.ofMillis(300));
      try (SqlState state = SqlState.open(database, options);
          JdbcAuditStore store = new JdbcAuditStore(database, limits, null)) {
        until(() -> isAppended(store, "before"));
        proxy.nonsense(Nonsense.NOISE.bytes);
        assertThatThrownBy(() -> appended(store, "refused"))
            .hasCauseInstanceOf(AuditException.class);
        until(() -> !store.health().available());
        until(() -> isRefused(state, "any"));
        assertThatThrownBy(
                () ->
                    state
                        .revocations()
                        .revoke(new Revocation("x", "acme", Instant.EPOCH, ""))
                        .toCompletableFuture()
                        .join())
            .hasCauseInstanceOf(RuntimeException.class);

        proxy.nonsense(null);
        until(() -> isAppended(store, "after"));
        until(() -> !isRefused(state, "any"));
        assertThat(calls(store)).contains("before", "after").doesNotContain("refused");
        assertThat(store.verify("acme", null, null).ok()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Nonsense.class,
      names = {"NEGATIVE_ERROR", "HUGE_PARAMETERS"})
  void a_commit_that_is_answered_by_it_is_looked_up_and_stands_once(Nonsense nonsense)
      throws IOException {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        Database database = Database.open(config(proxy))) {
      Schema.of(database).migrate();
      AuditWriter.Limits limits = new AuditWriter.Limits(100, 100, Duration.ofSeconds(20));
      try (JdbcAuditStore store = new JdbcAuditStore(database, limits, null)) {
        appended(store, "before");
        proxy.nonsenseFrom("COMMIT", nonsense.bytes);
        var doubtful = store.append(event("doubtful")).toCompletableFuture();
        until(() -> proxy.isTalkingNonsense() && (store.retries() > 0 || doubtful.isDone()));
        proxy.nonsense(null);
        assertThat(doubtful.orTimeout(30, TimeUnit.SECONDS).join().seq()).isEqualTo(2);
        appended(store, "after");
        assertThat(calls(store)).containsExactly("before", "doubtful", "after");
        assertThat(store.verify("acme", null, null).ok()).isTrue();
      }
    }
  }

  @Test
  void one_that_is_slow_holds_calls_up_and_refuses_none_within_their_time() throws IOException {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        Database database = Database.open(config(proxy))) {
      Schema.of(database).migrate();
      AuditWriter.Limits limits = new AuditWriter.Limits(100, 100, Duration.ofSeconds(20));
      try (JdbcAuditStore store = new JdbcAuditStore(database, limits, null)) {
        proxy.slow(30);
        assertThat(appended(store, "one").seq()).isEqualTo(1);
        assertThat(appended(store, "two").seq()).isEqualTo(2);
        assertThat(store.health().available()).isTrue();
        assertThat(store.retries()).isZero();
      }
    }
  }

  @Test
  void one_that_was_never_a_database_is_given_up_in_time_and_named() throws IOException {
    try (Proxy proxy = new Proxy(EmbeddedPostgresServer.get().getPort());
        Database database = Database.open(config(proxy))) {
      proxy.nonsense(Nonsense.HTTP.bytes);
      assertThatThrownBy(() -> Schema.of(database).migrate())
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining(String.valueOf(proxy.port()))
          .hasMessageNotContaining("postgres:postgres");
    }
  }
}
