package app.intentgate.server.cli;

import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the public half of the key that signs checkpoints. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Print the public half of the key that signs checkpoints: its id, the key, and since when.",
      "",
      "Keep the line where auditors keep their checkpoints; audit verify --key takes it."
    },
    footer = {"", "Example:", "  intentgate audit key --data-dir intentgate-data > keys.txt"})
final class AuditKeyCommand implements Callable<Integer> {
  @Option(names = "--data-dir", paramLabel = "DIR", description = "the gate's data directory")
  private Path directory = Path.of("intentgate-data");

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  AuditKeyCommand() {}

  @Override
  public Integer call() throws Exception {
    Path file = directory.resolve("checkpoint.key");
    if (!Files.isReadable(file)) {
      throw new UsageException(
          file + " cannot be read: is this the data directory of a gate that ran?");
    }
    PublicCheckpointKey key;
    try {
      key = CheckpointKey.decode(Files.readString(file)).publicHalf();
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
    spec.commandLine().getOut().println(key.id() + " " + key.publicKey() + " " + key.notBefore());
    return ExitCodes.OK;
  }
}
