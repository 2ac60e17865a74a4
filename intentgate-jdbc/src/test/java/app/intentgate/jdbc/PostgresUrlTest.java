package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ann:s3cr%40t%2F+@db.example:6432/gate?sslmode=verify-full&sslrootcert=/ca.pem",
        "postgresql://ann:s3cr%40t%2F+@db.example:6432/gate?sslrootcert=/ca.pem&sslmode=verify-full",
        "jdbc:postgresql://db.example:6432/gate?user=ann&password=s3cr%40t%2F+&sslmode=verify-full&sslrootcert=/ca.pem",
        "postgres:///gate?host=db.example&port=6432&user=ann&password=s3cr@t/%2B&sslmode=verify-full&sslrootcert=/ca.pem"
      })
  void the_spellings_of_one_database_mean_the_same(String text) {
    PostgresUrl url = PostgresUrl.parse(text);

    assertThat(url.hosts()).containsExactly("db.example:6432");
    assertThat(url.database()).isEqualTo("gate");
    assertThat(url.driverProperties())
        .containsEntry("user", "ann")
        .containsEntry("password", "s3cr@t/+")
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/ca.pem");
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6432/gate");
    assertThat(url.toString()).isEqualTo("postgresql db.example:6432/gate");
  }

  @Test
  void several_hosts_are_tried_in_order() {
    PostgresUrl url =
        PostgresUrl.parse(
            "postgres://u:p@a:1,b,[::1]:7/d?target_session_attrs=read-write&connect_timeout=3");

    assertThat(url.hosts()).containsExactly("a:1", "b:5432", "[::1]:7");
    assertThat(url.property("targetServerType")).isEqualTo("primary");
    assertThat(url.property("connectTimeout")).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
  void every_tls_mode_reaches_the_driver(String mode) {
    PostgresUrl url = PostgresUrl.parse("postgres://u:p@h/d?sslmode=" + mode);
    assertThat(url.property("sslmode")).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:topsecret@h/d",
        "postgres://u:topsecret@h/d?sslmode=maybe",
        "postgres://u:topsecret@h/d?nonsense=topsecret",
        "postgres://h/d?user=u&password=first&topsecret",
        "postgres://u:topsecret@h/d?connect_timeout=soon",
        "postgres://u:topsecret@h/%zz",
        "postgres://:topsecret@h/d",
        "postgres://u:topsecret@%2Fvar%2Frun/d"
      })
  void what_cannot_be_used_is_refused_without_repeating_a_secret(String text) {
    assertThatThrownBy(() -> PostgresUrl.parse(text))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.BAD_CONFIGURATION))
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void nothing_that_is_printed_holds_the_password() {
    DatabaseTarget target =
        new DatabaseTarget.Postgres(PostgresUrl.parse("postgres://u:topsecret@localhost:1/d"));
    try (Database database =
        Database.open(
            DatabaseConfig.of(target)
                .withWaits(java.time.Duration.ofMillis(300), java.time.Duration.ofSeconds(1)))) {
      assertThat(database.toString() + target + database.config()).doesNotContain("topsecret");
      assertThatThrownBy(database::ping)
          .isInstanceOfSatisfying(
              DatabaseException.class,
              e -> {
                assertThat(e.code()).isEqualTo(DatabaseException.Code.UNAVAILABLE);
                StringBuilder all = new StringBuilder();
                for (Throwable t = e; t != null; t = t.getCause()) {
                  all.append(t);
                }
                assertThat(all).doesNotContain("topsecret").contains("is away");
              });
    }
  }
}
