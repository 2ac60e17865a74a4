package app.intentgate.server.cli;

import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.load.LoadOptions;
import app.intentgate.rego.load.RegoFiles;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.load.RegoLoader;
import java.util.List;
import picocli.CommandLine.Mixin;
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

  @Mixin private ReadingOptions reading;

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
    RegoLoader loader = new RegoLoader(reading.on(options));
    RegoFiles files = bundles ? loader.load(List.of(), paths) : loader.load(paths, List.of());
    return files
        .policy()
        .maxErrors(Math.max(0, maxErrors))
        .v0Compatible(PolicySources.isV0(files, bundles, reading.isV0()));
  }
}
