package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of SQLite: whatever their names, and copies of them. */
class SqliteFileTest {
  @TempDir Path directory;

  private static void put(Database database, int number) {
    database.write(
        handle -> {
          handle.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)");
          return handle.execute("INSERT INTO t VALUES (?)", number);
        });
  }

  private static int sum(Path file) throws SQLException {
    try (Connection connection =
            Database.connectReadOnly(new DatabaseTarget.SqliteFile(file), Duration.ofSeconds(5));
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT sum(n) FROM t")) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate.db", "with a&b=c;.db", "50%25#.db", "'quoted'.db"})
  void the_file_that_is_named_is_the_file_that_is_made(String name) throws Exception {
    Path file = directory.resolve(name);
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      put(database, 7);
      assertThat(file).isRegularFile();
      assertThat(sum(file)).isEqualTo(7);
    }
    Path copy = directory.resolve("copy of " + name);
    SqliteCopy.make(file, copy);
    assertThat(sum(copy)).isEqualTo(7);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .allMatch(found -> found.contains(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a?b.db", "a?mode=ro", "?", "a?/b.db"})
  void a_name_in_which_the_driver_would_find_settings_is_refused(String name) throws IOException {
    Path file = directory.resolve(name);
    assertThatThrownBy(() -> new DatabaseTarget.SqliteFile(file))
        .isInstanceOfSatisfying(
            DatabaseException.class,
            e -> assertThat(e.code()).isEqualTo(DatabaseException.Code.BAD_CONFIGURATION))
        .hasMessageContaining(name)
        .hasMessageContaining("take another name");
    if (!name.contains("/")) {
      Path other = Files.writeString(file, "not what would be copied");
      assertThatThrownBy(() -> SqliteCopy.make(other, directory.resolve("copy")))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("take another name");
      Files.delete(other);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void a_copy_is_of_one_moment_while_the_database_goes_on() throws Exception {
    Path file = directory.resolve("gate.db");
    AtomicBoolean stop = new AtomicBoolean();
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      put(database, 0);
      Thread writer =
          new Thread(
              () -> {
                for (int i = 1; !stop.get() && i < 5_000; i++) {
                  int number = i;
                  // Two rows that are nothing together, in one transaction.
                  database.write(
                      handle -> {
                        handle.execute("INSERT INTO t VALUES (?)", number);
                        return handle.execute("INSERT INTO t VALUES (?)", -number);
                      });
                }
              });
      writer.start();
      for (int i = 0; i < 5; i++) {
        Path copy = directory.resolve("copy-" + i);
        SqliteCopy.make(file, copy);
        assertThat(sum(copy)).isZero();
      }
      stop.set(true);
      writer.join();
    }
  }

  @Test
  void nothing_is_copied_from_nowhere_or_over_something() throws IOException {
    Path copy = directory.resolve("copy.db");
    assertThatThrownBy(() -> SqliteCopy.make(directory.resolve("none.db"), copy))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("none.db cannot be copied: there is no such file");
    assertThat(copy).doesNotExist();
    Path file = directory.resolve("gate.db");
    try (Database database = Database.open(new DatabaseTarget.SqliteFile(file))) {
      put(database, 1);
      Files.writeString(copy, "something else, longer than nothing");
      assertThatThrownBy(() -> SqliteCopy.make(file, copy))
          .isInstanceOfAny(DatabaseException.class, FileAlreadyExistsException.class);
      assertThat(copy).content().startsWith("something else");
    }
    Path letter = Files.writeString(directory.resolve("letter.txt"), "Dear Sir, ".repeat(99));
    assertThatThrownBy(() -> SqliteCopy.make(letter, directory.resolve("copy of letter")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("letter.txt cannot be copied");
  }
}
