package app.intentgate.server.cli;

import app.intentgate.audit.StoreLock;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.MonthPartitions;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a database to the schema of this program. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Bring a database to the schema of this program, and make the month partitions of the next"
          + " three months. Run it as the owner of the tables after every update, so that gates can"
          + " sign in with a role that makes no tables.",
      "",
      "All steps are applied or none. A database that a newer version has changed is refused.",
      "",
      "Exits with 0 when the schema is there, with --dry-run 1 when steps are missing; 2 when the"
          + " database cannot be used."
    },
    footer = {
      "",
      "Example:",
      "  INTENTGATE_POSTGRES_URL=postgres://owner:secret@db/intentgate intentgate migrate"
    })
final class MigrateCommand implements Callable<Integer> {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "a PostgreSQL URL or SQLite file; by default that of the environment's configuration")
  private @Nullable String database;

  @Option(names = "--dry-run", description = "only print the steps that are missing")
  private boolean dryRun;

  @Option(names = "--format", paramLabel = "text|json", description = "how to print the result")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  MigrateCommand() {}

  @Override
  @SuppressWarnings("try") // the lock is held and not used
  public Integer call() throws Exception {
    DatabaseTarget target = Targets.databaseOr(database, System.getenv());
    List<String> steps;
    int partitions = 0;
    try (StoreLock lock = dryRun ? null : Targets.lock(target);
        Database open = Database.open(target)) {
      Schema schema = Schema.of(open);
      steps = schema.pending();
      if (!dryRun) {
        var unused = schema.migrate();
        partitions = new MonthPartitions(open, Clock.systemUTC()).makeAhead();
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(
          JsonWriter.toText(
              JsonObject.builder(3)
                  .put("dry_run", dryRun)
                  .put(
                      "steps",
                      JsonArray.of(steps.stream().map(JsonString::of).toArray(JsonValue[]::new)))
                  .put("partitions_made", partitions)
                  .build()));
    } else {
      steps.forEach(step -> out.println((dryRun ? "missing: " : "applied: ") + step));
      out.println(
          steps.isEmpty()
              ? "the schema is there"
              : dryRun ? steps.size() + " steps are missing" : "the schema is there now");
    }
    return dryRun && !steps.isEmpty() ? ExitCodes.REFUSED : ExitCodes.OK;
  }
}
