package app.intentgate.server.cli;

import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.load.LoadOptions;
import app.intentgate.rego.load.RegoFiles;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.load.RegoLoader;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Paths of policies and data as the words of a command, and how to read them. */
final class PolicyPaths {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "policies (.rego) and data (.json, .yaml): files or folders")
  private List<String> paths = List.of();

  @Option(
      names = {"-b", "--bundle"},
      description = "the paths are bundles: .tar.gz files, or folders laid out as such")
  private boolean bundles;

  @Option(
      names = "--ignore",
      paramLabel = "PATTERN",
      split = ",",
      description = "names of files and folders to leave out, such as '.*'")
  private List<String> ignore = List.of();

  @Option(names = "--v0-compatible", description = "read the modules as Rego before OPA 1.0")
  private boolean v0;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyPaths() {}

  /** A policy of what is there, not compiled yet. */
  RegoPolicy.Builder policy() throws RegoLoadException {
    RegoLoader loader = new RegoLoader(LoadOptions.ofDefaults().ignoring(ignore));
    RegoFiles files = bundles ? loader.load(List.of(), paths) : loader.load(paths, List.of());
    if (files.modules().isEmpty()) {
      throw new UsageException("no .rego file there");
    }
    return files.policy().v0Compatible(PolicySources.isV0(files, bundles, v0));
  }
}
