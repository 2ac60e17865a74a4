package app.intentgate.server.cli;

import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.load.RegoLoadException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compiles policies. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compile policies, and say where they are wrong: file, row, code and what is the matter.",
      "",
      "Errors go to standard error. Exits with 0 and silently when they compile, 1 when they do"
          + " not, 2 for wrong words."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate policy check payments.rego lib/",
      "  intentgate policy check --strict --format json policies/",
      "  intentgate policy check -b bundle.tar.gz"
    })
final class PolicyCheckCommand implements Callable<Integer> {
  /** How to print errors. */
  enum ErrorFormat {
    PRETTY,
    TEXT,
    JSON
  }

  @Mixin private PolicyPaths paths;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "pretty|json",
      description = "how to print errors")
  private ErrorFormat format = ErrorFormat.PRETTY;

  @Option(
      names = {"-S", "--strict"},
      description = "also refuse unused variables, unused imports and the like")
  private boolean strict;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyCheckCommand() {}

  @Override
  public Integer call() {
    boolean json = format == ErrorFormat.JSON;
    try {
      paths.modules().strict(strict).compile();
      return ExitCodes.OK;
    } catch (RegoLoadException e) {
      spec.commandLine()
          .getErr()
          .println(json ? PrettyJson.of(PolicyErrors.json(e)) : e.getMessage());
    } catch (RegoCompileException e) {
      spec.commandLine()
          .getErr()
          .println(
              json
                  ? PrettyJson.of(PolicyErrors.json(e.errors()))
                  : PolicyErrors.ofFiles(e.errors()));
    }
    return ExitCodes.REFUSED;
  }
}
