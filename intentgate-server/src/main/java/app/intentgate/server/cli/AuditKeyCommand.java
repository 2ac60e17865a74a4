package app.intentgate.server.cli;

import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "the gate's data directory; by default that of the environment's configuration")
  private @Nullable Path directory;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  AuditKeyCommand() {}

  @Override
  public Integer call() throws Exception {
    PublicCheckpointKey key = Inputs.checkpointKey(Targets.directory(directory)).publicHalf();
    spec.commandLine().getOut().println(key.id() + " " + key.publicKey() + " " + key.notBefore());
    return ExitCodes.OK;
  }
}
