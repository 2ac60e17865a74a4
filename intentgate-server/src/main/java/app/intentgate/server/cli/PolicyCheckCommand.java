package app.intentgate.server.cli;

import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles policies. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compile policies, and say where they are wrong: file, row, code and what is the matter.",
      "",
      "Exits with 0 and silently when they compile, 1 when they do not."
    },
    footer = {"", "Example:", "  intentgate policy check payments.rego lib/"})
final class PolicyCheckCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders")
  private List<Path> paths = List.of();

  @Option(names = "--format", paramLabel = "text|json", description = "how to print errors")
  private Format format = Format.TEXT;

  @Option(
      names = {"-S", "--strict"},
      description = "also refuse unused variables, unused imports and the like")
  private boolean strict;

  @Option(names = "--v0-compatible", description = "read the modules as Rego before OPA 1.0")
  private boolean v0;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyCheckCommand() {}

  @Override
  public Integer call() throws Exception {
    PolicyFiles files = PolicyFiles.read(paths);
    if (files.modules().isEmpty()) {
      throw new UsageException("no .rego file there");
    }
    RegoPolicy.Builder policy =
        RegoPolicy.builder().data(files.data()).strict(strict).v0Compatible(v0);
    files.modules().forEach(policy::module);
    try {
      policy.compile();
      return ExitCodes.OK;
    } catch (RegoCompileException e) {
      spec.commandLine()
          .getErr()
          .println(
              format == Format.JSON
                  ? PrettyJson.of(PolicyErrors.json(e.errors()))
                  : PolicyErrors.text(e.errors()));
      return ExitCodes.REFUSED;
    }
  }
}
