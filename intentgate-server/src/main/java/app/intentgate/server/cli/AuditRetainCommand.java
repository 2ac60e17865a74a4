package app.intentgate.server.cli;

import app.intentgate.audit.StoreLock;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.Retention;
import app.intentgate.jdbc.audit.RetentionException;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes away the events of months that are to be kept no longer. */
@Command(
    name = "retain",
    mixinStandardHelpOptions = true,
    description = {
      "Delete the audit events of all months before one, and close each chain with a signed"
          + " checkpoint, from which what is left verifies. Chains are verified first; nothing is"
          + " deleted from a broken one.",
      "",
      "PostgreSQL needs the owner of the tables; gates may go on running. With SQLite the gate must"
          + " be stopped. A run that was cut short is finished by the next one. There is no way"
          + " back: keep what you may need again with --export. Exports of one chain, put together"
          + " in their order, verify as one file.",
      "",
      "Exits with 0 when it was done, 1 when a chain is broken, 2 when it cannot be done."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate audit retain --before 2026-01 --dry-run",
      "  intentgate audit retain --before 2026-01 --data-dir intentgate-data --export 2025.ndjson"
    })
final class AuditRetainCommand implements Callable<Integer> {
  @Option(
      names = "--before",
      required = true,
      paramLabel = "YYYY-MM",
      description = "the first month whose events stay")
  private String before;

  @Mixin private DatabaseOptions options = new DatabaseOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "the gate's data directory, which has the key that signs checkpoints and, unless a"
              + " database is named, the one of SQLite; by default that of the environment's"
              + " configuration")
  private @Nullable Path directory;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description =
          "first write what goes to this file, which must not exist, as JSON lines; nothing is"
              + " deleted before it is safely there")
  private @Nullable Path export;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  AuditRetainCommand() {}

  @Override
  @SuppressWarnings("try") // the lock is held and not used
  public Integer call() throws Exception {
    YearMonth month = month();
    CheckpointKey key = Inputs.checkpointKey(Targets.directory(directory));
    DatabaseTarget target = options.target(Targets.environment(directory));
    Path kept = export;
    try (StoreLock lock = Targets.lock(target);
        Database open = Database.open(target)) {
      Schema.of(open).check();
      Retention retention = new Retention(open, key, Clock.systemUTC());
      List<Retention.Closed> closed;
      if (kept == null || options.dryRun) {
        closed = retention.closeBefore(month, !options.dryRun);
      } else {
        try (EventArchive archive = new EventArchive(kept)) {
          closed = retention.closeBefore(month, true, archive);
        }
      }
      print(closed);
      return ExitCodes.OK;
    } catch (RetentionException e) {
      String why = Cells.plain(String.valueOf(e.getMessage()));
      spec.commandLine().getErr().println("intentgate: " + why);
      return ExitCodes.REFUSED;
    }
  }

  private YearMonth month() {
    YearMonth month;
    try {
      month = YearMonth.parse(before);
    } catch (DateTimeParseException e) {
      throw new UsageException("\"" + before + "\" is no month; write 2026-01");
    }
    if (month.isAfter(YearMonth.now(ZoneOffset.UTC))) {
      throw new UsageException("the month " + month + " is yet to come: this month at the latest");
    }
    return month;
  }

  private void print(List<Retention.Closed> closed) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.format == Format.JSON) {
      List<JsonValue> chains = new ArrayList<>();
      for (Retention.Closed one : closed) {
        chains.add(
            JsonObject.builder(4)
                .put("chain", one.chain())
                .put("events", one.events())
                .put("closed_at", one.closing().checkpoint().sequence())
                .put("note", one.closing().note())
                .build());
      }
      out.println(
          JsonWriter.toText(
              JsonObject.builder(2)
                  .put("dry_run", options.dryRun)
                  .put("closed", JsonArray.copyOf(chains))
                  .build()));
      return;
    }
    for (Retention.Closed one : closed) {
      out.printf(
          "chain %s: %d events %s, up to event %d%n",
          Cells.plain(one.chain()),
          one.events(),
          options.dryRun ? "would go" : "are gone",
          one.closing().checkpoint().sequence());
    }
    if (!options.dryRun) {
      closed.forEach(one -> out.println(one.closing().note()));
    }
    if (closed.isEmpty()) {
      out.println("nothing to close");
    }
  }
}
