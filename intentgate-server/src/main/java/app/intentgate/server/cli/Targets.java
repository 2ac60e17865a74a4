package app.intentgate.server.cli;

import app.intentgate.audit.StoreLock;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where commands find what a gate keeps: as they are told, or as a gate would. */
final class Targets {
  /** What the database file is called in a data directory. */
  static final String SQLITE = "intentgate.db";

  /** What the file store's log is called there. */
  static final String LOG = "audit.jsonl";

  private static final byte[] SQLITE_MAGIC =
      "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);

  private Targets() {}

  /** A database by a URL, or by the path of a file of SQLite. */
  static DatabaseTarget database(String word) {
    if (word.startsWith("postgres:")
        || word.startsWith("postgresql:")
        || word.startsWith("jdbc:postgresql:")) {
      return new DatabaseTarget.Postgres(PostgresUrl.parse(word));
    }
    return new DatabaseTarget.SqliteFile(Path.of(word));
  }

  /** The database of a configuration; null when its gate keeps everything in files or in memory. */
  static @Nullable DatabaseTarget database(Config config) {
    Choices.Store store = config.store();
    if (store == Choices.Store.POSTGRES) {
      return new DatabaseTarget.Postgres(config.get(StoreSettings.POSTGRES_URL));
    }
    return store == Choices.Store.SQLITE
        ? new DatabaseTarget.SqliteFile(config.get(StoreSettings.DATA_DIR).resolve(SQLITE))
        : null;
  }

  /** This program's environment, but for the data directory where a command is told another. */
  static Map<String, String> environment(@Nullable Path directory) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (directory != null) {
      environment.put(StoreSettings.DATA_DIR.name(), directory.toString());
    }
    return environment;
  }

  /** The data directory that a command is told, or that of the environment's configuration. */
  static Path directory(@Nullable Path told) {
    return told != null ? told : Config.of(System.getenv()).get(StoreSettings.DATA_DIR);
  }

  /** The database that a command is told, or that of the environment's configuration. */
  static DatabaseTarget databaseOr(@Nullable String word, Map<String, String> environment)
      throws IOException {
    DatabaseTarget target = word != null ? database(word) : database(Config.of(environment));
    if (target == null) {
      throw new UsageException("the configuration names no database; give --database");
    }
    if (target instanceof DatabaseTarget.SqliteFile sqlite
        && Files.exists(sqlite.file())
        && !(Files.isRegularFile(sqlite.file()) && Files.size(sqlite.file()) == 0)
        && !isSqlite(sqlite.file())) {
      throw new UsageException(sqlite.file() + " is no database of SQLite");
    }
    return target;
  }

  /** Keeps gates from a database of SQLite meanwhile; null for PostgreSQL, which many share. */
  static @Nullable StoreLock lock(DatabaseTarget target) throws IOException {
    if (target instanceof DatabaseTarget.SqliteFile sqlite) {
      Path file = sqlite.file();
      return StoreLock.take(file.resolveSibling(file.getFileName() + ".lock"));
    }
    return null;
  }

  /** Whether a file is a database of SQLite. */
  static boolean isSqlite(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(SQLITE_MAGIC.length), SQLITE_MAGIC);
    }
  }
}
