package app.intentgate.server.cli;

import app.intentgate.token.MasterKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes master keys. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Make the keys that sign tokens.",
    subcommands = KeyCommand.Generate.class)
final class KeyCommand extends Group {
  KeyCommand() {}

  /** Makes one. */
  @Command(
      name = "generate",
      mixinStandardHelpOptions = true,
      description = {
        "Make a new random master key of 32 bytes.",
        "",
        "Without --out it is printed, for a secret store to take; with --out it is written to a"
            + " new file that only you can read."
      },
      footer = {
        "",
        "Example:",
        "  intentgate key generate --out master.key",
        "",
        "To rotate, put the new key in front of the old one, separated by a comma, and remove the"
            + " old one when its tokens have expired."
      })
  static final class Generate implements Callable<Integer> {
    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "write it here, mode 0600; the file must not exist")
    private @Nullable Path out;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Generate() {}

    @Override
    public Integer call() throws Exception {
      String key = MasterKey.generate(new SecureRandom()).exposeText();
      PrintWriter print = spec.commandLine().getOut();
      if (out == null) {
        print.println(key);
      } else {
        SecretFiles.create(out, key + "\n");
        print.println("a new master key is in " + out);
      }
      return ExitCodes.OK;
    }
  }
}
