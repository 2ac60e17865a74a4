package app.intentgate.server.cli;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Progress;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.audit.checkpoint.ExportTrailers;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.DatabaseVerifier;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.StoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies the chains of an export, a file store or a database. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verify the hash chains of an audit log: an export as JSON lines or CSV, a gate's audit.jsonl"
          + " or data directory, or a database, which is only read.",
      "",
      "Says of each chain how many events hold, and of the first that does not, which and how. A"
          + " log alone cannot show that its newest events were cut off, or that all of it was"
          + " written anew: checkpoints saved elsewhere can.",
      "",
      "Without FILE and --database it verifies what the gate of this environment would open.",
      "",
      "Exits with 0 when all is intact, 1 when a chain is broken, 2 when the log cannot be read."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate audit verify export.csv",
      "  intentgate audit verify export.ndjson --checkpoint saved.txt --key keys.txt",
      "  INTENTGATE_POSTGRES_URL=postgres://auditor:secret@db/intentgate intentgate audit verify"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Option(names = "--format", paramLabel = "text|json", description = "how to print the result")
  private Format format = Format.TEXT;

  @Option(
      names = {"--any-form", "--any-json"},
      description = "the file was rewritten by another program: read it for what it says")
  private boolean anyForm;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "verify this database: a PostgreSQL URL or a file of SQLite. A URL with a password"
              + " belongs into INTENTGATE_POSTGRES_URL, where other users do not see it")
  private @Nullable String database;

  @Option(
      names = "--checkpoint",
      paramLabel = "NOTES",
      description =
          "signed checkpoints saved elsewhere: the log must reach each, with the same hash")
  private @Nullable Path checkpoints;

  @Option(
      names = "--key",
      paramLabel = "KEYS",
      description = "the public keys that may have signed checkpoints, one a line")
  private @Nullable Path keys;

  @Option(
      names = "--progress",
      negatable = true,
      fallbackValue = "true",
      description =
          "show how far it is on standard error; by default when that is a terminal. --no-progress"
              + " shows nothing")
  private @Nullable Boolean progress;

  @Option(names = "--quiet", hidden = true, description = "as --no-progress")
  private boolean quiet;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "the file or data directory")
  private @Nullable Path file;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  AuditVerifyCommand() {}

  @Override
  public Integer call() throws Exception {
    if (file != null && database != null) {
      throw new UsageException("give FILE or --database, not both");
    }
    CheckpointKeys trusted = trusted();
    List<ChainHead> remembered = remembered(trusted);
    List<String> problems = new ArrayList<>();
    Object source = source();
    AuditFileVerifier.Result result;
    try (ProgressLine line = ProgressLine.of(spec.commandLine().getErr(), shown())) {
      if (source instanceof DatabaseTarget target) {
        result = DatabaseVerifier.verify(target, remembered, trusted, line);
      } else {
        Path log = (Path) source;
        line.total(Files.size(log));
        result = verify(log, remembered, problems, line);
      }
    }
    problems.addAll(ExportTrailers.problems(result, trusted));
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(JsonWriter.toText(VerificationPrinter.json(result, problems)));
    } else {
      VerificationPrinter.text(result, problems, out);
    }
    return result.ok() && problems.isEmpty() ? ExitCodes.OK : ExitCodes.REFUSED;
  }

  /** A file, or the target that is a database. */
  private Object source() throws IOException {
    if (database != null) {
      return Targets.database(database);
    }
    Path path = file;
    if (path == null) {
      Config config = Config.of(System.getenv());
      DatabaseTarget target = Targets.database(config);
      return target != null ? target : config.get(StoreSettings.DATA_DIR).resolve(Targets.LOG);
    }
    if (Files.isDirectory(path)) {
      Path log = path.resolve(Targets.LOG);
      path = Files.exists(log) ? log : path.resolve(Targets.SQLITE);
    }
    return Targets.isSqlite(path) ? new DatabaseTarget.SqliteFile(path) : path;
  }

  private @Nullable Boolean shown() {
    return quiet ? Boolean.FALSE : progress;
  }

  private AuditFileVerifier.Result verify(
      Path log, List<ChainHead> remembered, List<String> problems, Progress shown)
      throws IOException {
    List<ChainHead> heads = new ArrayList<>(remembered);
    try {
      heads.addAll(AuditFileVerifier.savedHeads(log));
    } catch (AuditException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return AuditFileVerifier.verify(log, anyForm ? Form.ANY_JSON : Form.EXACT, heads, shown);
  }

  private @Nullable CheckpointKeys trusted() throws IOException {
    Path list = keys;
    try {
      return list == null ? null : CheckpointKeys.parse(Inputs.text(list));
    } catch (IllegalArgumentException e) {
      throw new UsageException(list + ": " + e.getMessage());
    }
  }

  private List<ChainHead> remembered(@Nullable CheckpointKeys trusted) throws IOException {
    Path notes = checkpoints;
    if (notes == null) {
      return List.of();
    }
    if (trusted == null) {
      throw new UsageException("--checkpoint needs --key: whose signatures count?");
    }
    try {
      return Checkpoint.parseAll(Inputs.text(notes)).stream().map(trusted::verify).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
