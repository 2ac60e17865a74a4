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

  @Option(
      names = "--v1-compatible",
      description = "read the modules as Rego v1, which is the default")
  @SuppressWarnings("UnusedVariable") // v0 wins where both are given
  private boolean v1;

  @Option(
      names = {"-m", "--max-errors"},
      paramLabel = "N",
      description = "errors of the compiler before it gives up; 10 unless given, 0 for all")
  private int maxErrors = 10;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicyPaths() {}

  /** A policy of the modules that are there, not compiled yet; of bundles also their data. */
  RegoPolicy.Builder modules() throws RegoLoadException {
    return load(LoadOptions.ofDefaults().withoutData());
  }

  /** A policy of the modules and the data that are there, not compiled yet. */
  RegoPolicy.Builder modulesAndData() throws RegoLoadException {
    return load(LoadOptions.ofDefaults());
  }

  private RegoPolicy.Builder load(LoadOptions options) throws RegoLoadException {
    RegoLoader loader = new RegoLoader(options.ignoring(ignore));
    RegoFiles files = bundles ? loader.load(List.of(), paths) : loader.load(paths, List.of());
    return files
        .policy()
        .maxErrors(Math.max(0, maxErrors))
        .v0Compatible(PolicySources.isV0(files, bundles, v0));
  }
}
