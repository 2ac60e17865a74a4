package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database's word for a failure means: try again, it is away, it is there already. */
class DialectTest {
  private final Dialect postgres = new PostgresDialect();
  private final Dialect sqlite = new SqliteDialect();

  private static String meaning(Dialect dialect, SQLException failure) {
    return (dialect.isWorthRetrying(failure) ? "again " : "")
        + (dialect.isUnavailable(failure) ? "away " : "")
        + (dialect.isDuplicate(failure) ? "duplicate" : "");
  }

  @ParameterizedTest
  @CsvSource({
    "40001, again",
    "40P01, again",
    "55P03, again",
    "08000, away",
    "08001, away",
    "08003, away",
    "08004, away",
    "08006, away",
    "08P01, away",
    "57P01, away",
    "57P02, away",
    "57P03, away",
    "57014, away",
    "53300, away",
    "53100, away",
    "53200, away",
    "25006, away",
    "25P03, away",
    "23505, duplicate",
    "23503, ''",
    "23502, ''",
    "22021, ''",
    "42P01, ''",
    "42501, ''",
    "28P01, ''",
    "3D000, ''",
    "40002, ''",
    "P0001, ''",
    "'', ''"
  })
  void a_state_of_postgresql_means_this(String state, String meaning) {
    assertThat(meaning(postgres, new SQLException("x", state)).strip()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"0", "99999999"})
  void a_state_that_nobody_knows_is_a_failure_and_nothing_else(String state) {
    assertThat(meaning(postgres, new SQLException("x", state))).isEmpty();
  }

  /** The number is the extended one: 5 | 1 << 8 is the recovery of a log that is busy. */
  @ParameterizedTest
  @CsvSource({
    "5, again",
    "261, again",
    "517, again",
    "6, again",
    "262, again",
    "8, away",
    "1032, away",
    "10, away",
    "266, away",
    "6410, away",
    "13, away",
    "14, away",
    "19, duplicate",
    "1555, duplicate",
    "2067, duplicate",
    "1, ''",
    "11, ''",
    "26, ''",
    "0, ''"
  })
  void a_code_of_sqlite_means_this(int code, String meaning) {
    assertThat(meaning(sqlite, new SQLException("x", null, code)).strip()).isEqualTo(meaning);
  }

  @Test
  void a_pool_that_has_no_connection_left_is_away_on_both() {
    SQLException none = new SQLTransientConnectionException("no connection in time");
    assertThat(meaning(postgres, none).strip()).isEqualTo("away");
    assertThat(meaning(sqlite, none).strip()).isEqualTo("away");
    assertThat(meaning(postgres, new SQLTimeoutException("late")).strip()).isEqualTo("away");
  }
}
