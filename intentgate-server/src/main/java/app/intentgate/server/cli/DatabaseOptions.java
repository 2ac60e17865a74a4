package app.intentgate.server.cli;

import app.intentgate.jdbc.DatabaseTarget;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands that change a database have in common: which one, whether, and how to say so. */
final class DatabaseOptions {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "a PostgreSQL URL or SQLite file; by default that of the environment's configuration")
  @Nullable String database;

  @Option(names = "--dry-run", description = "change nothing, only say what would be done")
  boolean dryRun;

  @Option(names = "--format", paramLabel = "text|json", description = "how to print the result")
  Format format = Format.TEXT;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  DatabaseOptions() {}

  /** The database that was named, or else that of an environment's configuration. */
  DatabaseTarget target(Map<String, String> environment) throws IOException {
    return Targets.databaseOr(database, environment);
  }
}
