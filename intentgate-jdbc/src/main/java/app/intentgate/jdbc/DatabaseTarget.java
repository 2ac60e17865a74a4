package app.intentgate.jdbc;

import java.nio.file.Path;

/** Which database. What it prints as holds no secret. */
public sealed interface DatabaseTarget {
  /** Where it is, for logs. */
  String describe();

  /**
   * A file of SQLite, made when it is not there.
   *
   * @param file any but one with a question mark in its path
   */
  record SqliteFile(Path file) implements DatabaseTarget {
    /** Refuses what the driver would take for another file and settings of it. */
    public SqliteFile {
      if (file.toString().indexOf('?') >= 0) {
        throw new DatabaseException(
            DatabaseException.Code.BAD_CONFIGURATION,
            file + " cannot be a database: SQLite reads settings behind a ?; take another name");
      }
    }

    @Override
    public String describe() {
      return "sqlite " + file;
    }
  }

  /** A PostgreSQL database. */
  record Postgres(PostgresUrl url) implements DatabaseTarget {
    @Override
    public String describe() {
      return url.toString();
    }
  }
}
