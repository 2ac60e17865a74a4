package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a failure in a transaction, and what is told of it. */
class DatabaseFailureTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void a_transaction_that_fails_leaves_nothing_and_says_where_and_why(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      database.write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
      AtomicInteger attempts = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        attempts.incrementAndGet();
                        handle.execute("INSERT INTO t VALUES (1)");
                        return handle.execute("INSERT INTO t VALUES (1)");
                      }))
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.FAILED))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining(database.config().target().describe())
          .hasMessageNotContaining("postgres:postgres");
      assertThat(attempts).as("a mistake is not made twice").hasValue(1);
      assertThat(count(database)).isZero();
    }
  }

  private static int count(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM t").mapTo(Integer.class).one());
  }

  @ParameterizedTest
  @EnumSource
  void what_the_work_itself_throws_comes_out_as_it_is_and_undoes_it(TestDatabase kind) {
    try (Database database = Database.open(kind.create(directory))) {
      database.write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
      IllegalStateException own = new IllegalStateException("no");
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        handle.execute("INSERT INTO t VALUES (1)");
                        throw own;
                      }))
          .isSameAs(own);
      assertThat(count(database)).isZero();
      DatabaseException known = new DatabaseException(DatabaseException.Code.NEWER_SCHEMA, "newer");
      assertThatThrownBy(
              () ->
                  database.read(
                      handle -> {
                        throw known;
                      }))
          .isSameAs(known);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40001, 5, FAILED",
    "40P01, 5, FAILED",
    "55P03, 5, FAILED",
    "08006, 1, UNAVAILABLE",
    "57P01, 1, UNAVAILABLE",
    "53100, 1, UNAVAILABLE",
    "23505, 1, FAILED",
    "42501, 1, FAILED"
  })
  void only_what_may_pass_is_tried_again_and_not_for_ever(
      String state, int attempts, DatabaseException.Code code) {
    try (Database database = Database.open(anyPostgres())) {
      AtomicInteger tried = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        tried.incrementAndGet();
                        throw new SQLException("the state is " + state, state);
                      }))
          .isInstanceOfSatisfying(
              DatabaseException.class, e -> assertThat(e.code()).isEqualTo(code))
          .hasMessageContaining("the state is " + state);
      assertThat(tried).hasValue(attempts);
      database.ping();
    }
  }

  /** One that nothing is made in. */
  private static DatabaseTarget anyPostgres() {
    return new DatabaseTarget.Postgres(PostgresUrl.parse(EmbeddedPostgresServer.url("postgres")));
  }

  @Test
  void a_reading_that_has_begun_is_not_begun_again() {
    try (Database database = Database.open(anyPostgres())) {
      AtomicInteger tried = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  database.read(
                      handle -> {
                        tried.incrementAndGet();
                        throw new SQLException("gone", "08006");
                      }))
          .isInstanceOf(DatabaseException.class);
      assertThat(tried).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_may_only_read_changes_nothing(TestDatabase kind) throws SQLException {
    DatabaseTarget target = kind.create(directory);
    try (Database database = Database.open(target)) {
      database.write(handle -> handle.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)"));
      try (var connection = Database.connectReadOnly(target, Duration.ofSeconds(10));
          var insert = connection.createStatement()) {
        assertThatThrownBy(() -> insert.execute("INSERT INTO t VALUES (1)"))
            .isInstanceOf(SQLException.class);
      }
      assertThat(count(database)).isZero();
    }
  }

  @Test
  void asking_for_a_file_that_is_not_there_does_not_make_it() {
    Path file = directory.resolve("none.db");
    assertThatThrownBy(
            () ->
                Database.connectReadOnly(
                    new DatabaseTarget.SqliteFile(file), Duration.ofSeconds(1)))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.UNAVAILABLE))
        .hasMessageContaining("none.db cannot be read: there is no such file");
    assertThat(file).doesNotExist();
  }

  @Test
  void a_file_that_is_no_database_is_named_and_left_as_it_is() throws IOException {
    Path file = Files.writeString(directory.resolve("letter.db"), "Dear Sir, ".repeat(100));
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      assertThatThrownBy(() -> database.write(handle -> handle.execute("CREATE TABLE t (n INT)")))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("letter.db");
    }
    assertThat(file).content().startsWith("Dear Sir");
  }

  @Test
  void a_password_that_is_wrong_is_not_repeated() {
    String url = EmbeddedPostgresServer.newDatabase();
    EmbeddedPostgresServer.execute("postgres", "CREATE ROLE " + role(url) + " PASSWORD 'right'");
    String other = url.replace("postgres:postgres@", role(url) + ":topsecret-wrong@");
    DatabaseConfig config =
        DatabaseConfig.of(new DatabaseTarget.Postgres(PostgresUrl.parse(other)))
            .withWaits(Duration.ofMillis(300), Duration.ofSeconds(5));
    try (Database database = Database.open(config)) {
      assertThatThrownBy(database::ping)
          .isInstanceOf(DatabaseException.class)
          .satisfies(
              e -> {
                for (Throwable at = e; at != null; at = at.getCause()) {
                  assertThat(at.toString()).doesNotContain("topsecret");
                }
              });
      assertThat(database + " " + config + " " + config.target()).doesNotContain("topsecret");
    }
  }

  private static String role(String url) {
    return "role_" + url.replaceAll(".*/|\\?.*", "");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2000, 10000", "1, 0, 2000, 10000", "1, 1, 249, 10000", "1, 1, 250, 999"})
  void limits_that_cannot_be_are_refused(int writers, int readers, long connect, long silence) {
    DatabaseConfig config =
        DatabaseConfig.of(new DatabaseTarget.SqliteFile(directory.resolve("x.db")));
    assertThatThrownBy(
            () ->
                config
                    .withConnections(writers, readers)
                    .withWaits(Duration.ofMillis(connect), Duration.ofMillis(silence)))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.BAD_CONFIGURATION));
  }
}
