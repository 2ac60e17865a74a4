package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.sdk.admin.AdminClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a gate's audit log away. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write the audit log of a running gate to a file, of any size, which appears when it is"
          + " whole.",
      "",
      "With --checkpoint it ends with a signed checkpoint of each chain, so that \"audit verify\""
          + " sees by the file alone that nothing was cut off."
    },
    footer = {
      "",
      "Example:",
      "  intentgate audit export log.ndjson --checkpoint",
      "  intentgate audit key > keys.txt",
      "  intentgate audit verify log.ndjson --key keys.txt"
    })
final class AuditExportCommand extends GateCommand {
  /** What a file can be. */
  enum As {
    /** One event a line. */
    NDJSON,
    /** A table. */
    CSV
  }

  @Mixin private AuditFilter filter = new AuditFilter();

  @Option(
      names = "--as",
      paramLabel = "ndjson|csv",
      description = "what to write; ndjson unless given")
  private As as = As.NDJSON;

  @Option(
      names = "--checkpoint",
      description = "end with a signed checkpoint of each chain; not with filters but --tenant")
  private boolean checkpoint;

  @Parameters(paramLabel = "FILE", description = "the file to write; it must not exist")
  private Path file;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  AuditExportCommand() {}

  @Override
  int run(AdminClient gate) throws IOException {
    if (Files.exists(file)) {
      throw new UsageException(file + " exists already; name a new file");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    long bytes;
    try (InputStream export =
        gate.audit()
            .export(as.name().toLowerCase(Locale.ROOT), filter.query().build(), checkpoint)) {
      bytes = Files.copy(export, part, StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      Files.move(part, file);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(file + " exists already; the export is in " + part);
    }
    return done(
        JsonObject.builder(2).put("file", file.toString()).put("bytes", bytes).build(),
        bytes + " bytes in " + file);
  }
}
