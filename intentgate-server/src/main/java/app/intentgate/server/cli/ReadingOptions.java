package app.intentgate.server.cli;

import app.intentgate.rego.load.LoadOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How files of policies are read, whichever way a command is told where they are. */
final class ReadingOptions {
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

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  ReadingOptions() {}

  boolean isV0() {
    return v0;
  }

  /** The same, without what is to be left out. */
  LoadOptions on(LoadOptions options) {
    return options.ignoring(ignore);
  }
}
