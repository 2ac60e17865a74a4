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
import app.intentgate.server.config.Config;
import app.intentgate.server.stores.FileStoreMove;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a database to the schema of this program, and a file store into it. */
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
      "With --from it then moves what a file store holds into the database: events keep their"
          + " numbers and hashes. Stop the directory's gate first. The directory's files are"
          + " renamed when all is moved; its keys stay, and the gate goes on needing them. A move"
          + " that was cut short is done again.",
      "",
      "Exits with 0 when it was done, with --dry-run 1 when steps are missing; 2 when it cannot be"
          + " done."
    },
    footer = {
      "",
      "Examples:",
      "  INTENTGATE_POSTGRES_URL=postgres://owner:secret@db/intentgate intentgate migrate",
      "  intentgate migrate --from intentgate-data",
      "  intentgate migrate --from intentgate-data --database postgres://owner@db/intentgate"
    })
final class MigrateCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions options = new DatabaseOptions();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "a data directory with a file store; goes into SQLite there unless a database is named")
  private @Nullable Path from;

  @Option(
      names = "--progress",
      negatable = true,
      fallbackValue = "true",
      description =
          "with --from, show how far it is on standard error; by default when that is a terminal."
              + " --no-progress shows nothing")
  private @Nullable Boolean progress;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  MigrateCommand() {}

  @Override
  public Integer call() throws Exception {
    DatabaseTarget target = target();
    return from == null ? schema(target) : move(from, target);
  }

  private DatabaseTarget target() throws IOException {
    Path directory = from;
    if (directory != null && options.database == null) {
      DatabaseTarget configured = Targets.database(Config.of(System.getenv()));
      return configured instanceof DatabaseTarget.Postgres
          ? configured
          : new DatabaseTarget.SqliteFile(directory.resolve(Targets.SQLITE));
    }
    return options.target(System.getenv());
  }

  @SuppressWarnings("try") // the lock is held and not used
  private int schema(DatabaseTarget target) throws IOException {
    boolean dryRun = options.dryRun;
    if (dryRun
        && target instanceof DatabaseTarget.SqliteFile sqlite
        && !Files.exists(sqlite.file())) {
      return said(dryRun, ofNothing(), 0);
    }
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
    return said(dryRun, steps, partitions);
  }

  /** The steps that an empty database lacks; looking does not make the one that is asked about. */
  private static List<String> ofNothing() throws IOException {
    Path folder = Files.createTempDirectory("intentgate-dry-run");
    try {
      Path empty = folder.resolve(Targets.SQLITE);
      try (Database open = Database.open(new DatabaseTarget.SqliteFile(empty))) {
        return Schema.of(open).pending();
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private int said(boolean dryRun, List<String> steps, int partitions) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.format == Format.JSON) {
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

  @SuppressWarnings("try") // the lock is held and not used
  private int move(Path directory, DatabaseTarget target) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    FileStoreMove move = new FileStoreMove(directory, Clock.systemUTC());
    FileStoreMove.Moved moved;
    Path log = directory.resolve(Targets.LOG);
    long size = Files.exists(log) ? Files.size(log) : 0;
    try (MoveProgress shown = new MoveProgress(spec.commandLine().getErr(), progress, size)) {
      if (options.dryRun) {
        moved = move.look(shown.verifying());
      } else {
        try (StoreLock lock = Targets.lock(target);
            Database open = Database.open(target)) {
          moved = move.move(open, shown.verifying(), shown.moving());
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    TreeMap<String, Integer> counts = new TreeMap<>(moved.counts());
    if (options.format == Format.JSON) {
      JsonObject.Builder json =
          JsonObject.builder(counts.size() + 3)
              .put("dry_run", options.dryRun)
              .put("events", moved.events())
              .put("chains", moved.chains());
      counts.forEach(json::put);
      out.println(JsonWriter.toText(json.build()));
      return ExitCodes.OK;
    }
    out.printf(
        "%d events in %d chains %s %s%n",
        moved.events(),
        moved.chains(),
        options.dryRun ? "hold and would go into" : "are in",
        target.describe());
    counts.forEach((what, count) -> out.printf("%s: %d%n", what.replace('_', ' '), count));
    if (!options.dryRun) {
      out.println(
          "the files of "
              + directory
              + " end in .migrated now; audit verify --database proves the move");
    }
    return ExitCodes.OK;
  }
}
