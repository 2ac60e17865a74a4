package app.intentgate.server.cli;

import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Progress;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.DatabaseVerifier;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.stores.DirectoryCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies a data directory while its gate runs. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copy a data directory, keys included, while its gate runs, and verify the copy's chains. A"
          + " gate can be started on the copy; it knows everything up to the moment of the copy,"
          + " and calls of a budget that were spent after it can be spent again.",
      "",
      "Keep the copy as secret as the directory. A PostgreSQL database is backed up by its own"
          + " means.",
      "",
      "Exits with 0 when the copy is there and intact, 1 when a chain in it is broken, 2 when it"
          + " cannot be made."
    },
    footer = {"", "Example:", "  intentgate backup /backups/2026-05-11 --data-dir intentgate-data"})
final class BackupCommand implements Callable<Integer> {
  private static final Progress SILENT = (bytes, events) -> {};

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "the directory; by default that of the environment's configuration")
  private @Nullable Path directory;

  @Option(names = "--format", paramLabel = "text|json", description = "how to print the result")
  private Format format = Format.TEXT;

  @Parameters(paramLabel = "TO", description = "the directory to make; it must not hold anything")
  private Path to;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  BackupCommand() {}

  @Override
  public Integer call() throws IOException {
    Path from = Targets.directory(directory);
    List<String> files;
    try {
      files = DirectoryCopy.make(from, to);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(to + " holds something already; name a new directory");
    }
    AuditFileVerifier.Result result = verified();
    BrokenEvent broken = result == null ? null : result.broken();
    long events = result == null ? 0 : result.events();
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(
          JsonWriter.toText(
              JsonObject.builder(3)
                  .put("ok", broken == null)
                  .put("events", events)
                  .put(
                      "files",
                      JsonArray.of(files.stream().map(JsonString::of).toArray(JsonValue[]::new)))
                  .build()));
    } else if (broken == null) {
      out.printf("%d files with %d events, intact, are in %s%n", files.size(), events, to);
    } else {
      out.printf(
          "BROKEN at event %d: %s; the copy is in %s%n", broken.seq(), broken.how().reason(), to);
    }
    return broken == null ? ExitCodes.OK : ExitCodes.REFUSED;
  }

  /** What the copy's chains came to; null when it has none. */
  private AuditFileVerifier.@Nullable Result verified() throws IOException {
    Path database = to.resolve(Targets.SQLITE);
    if (Files.exists(database)) {
      return DatabaseVerifier.verify(
          new DatabaseTarget.SqliteFile(database), List.of(), null, SILENT);
    }
    Path log = to.resolve(Targets.LOG);
    if (!Files.exists(log)) {
      return null;
    }
    return AuditFileVerifier.verify(log, Form.EXACT, AuditFileVerifier.savedHeads(log), SILENT);
  }
}
