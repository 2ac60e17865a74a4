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
        : postgres(EmbeddedPostgresServer.newDatabase());
  }

  /** A new database with this program's schema; SQLite's lies in the directory. */
  public DatabaseTarget createMigrated(Path directory) {
    if (this == POSTGRESQL) {
      return postgres(EmbeddedPostgresServer.newMigratedDatabase());
    }
    DatabaseTarget file = create(directory);
    Migrated.open(file).close();
    return file;
  }

  private static DatabaseTarget postgres(String url) {
    return new DatabaseTarget.Postgres(PostgresUrl.parse(url));
  }
}
