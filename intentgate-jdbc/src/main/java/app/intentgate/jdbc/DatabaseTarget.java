package app.intentgate.jdbc;

import java.nio.file.Path;

/** Which database. What it prints as holds no secret. */
public sealed interface DatabaseTarget {
  /** Where it is, for logs. */
  String describe();

  /** A file of SQLite, made when it is not there. */
  record SqliteFile(Path file) implements DatabaseTarget {
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
