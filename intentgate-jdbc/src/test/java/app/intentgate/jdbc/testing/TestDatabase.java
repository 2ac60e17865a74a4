package app.intentgate.jdbc.testing;

import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import java.nio.file.Path;

/** The kinds of database that every SQL test runs on. */
public enum TestDatabase {
  /** A file. */
  SQLITE,
  /** A database of {@link EmbeddedPostgresServer}. */
  POSTGRESQL;

  /** A new, empty database; SQLite's lies in the directory. */
  public DatabaseTarget create(Path directory) {
    return this == SQLITE
        ? new DatabaseTarget.SqliteFile(directory.resolve("test-" + System.nanoTime() + ".db"))
        : new DatabaseTarget.Postgres(PostgresUrl.parse(EmbeddedPostgresServer.newDatabase()));
  }
}
