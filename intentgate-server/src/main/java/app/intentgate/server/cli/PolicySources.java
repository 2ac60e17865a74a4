package app.intentgate.server.cli;

import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.load.BundleManifest;
import app.intentgate.rego.load.LoadOptions;
import app.intentgate.rego.load.RegoFiles;
import app.intentgate.rego.load.RegoLoadException;
import app.intentgate.rego.load.RegoLoader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where policies and data are, and how to read them. */
final class PolicySources {
  @Option(
      names = {"-d", "--data"},
      paramLabel = "PATH",
      description =
          "policies (.rego) and data (.json, .yaml): files or folders; a.b:PATH puts data below"
              + " data.a.b; may be repeated")
  private List<String> data = List.of();

  @Option(
      names = {"-b", "--bundle"},
      paramLabel = "PATH",
      description = "a bundle: a .tar.gz file, or a folder laid out as one; may be repeated")
  private List<String> bundles = List.of();

  @Mixin private ReadingOptions reading;

  @Option(
      names = {"-S", "--strict"},
      description = "also refuse unused variables, unused imports and the like")
  private boolean strict;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  PolicySources() {}

  boolean isV0() {
    return reading.isV0();
  }

  /** A policy of what is there, not compiled yet. */
  RegoPolicy.Builder policy() throws RegoLoadException {
    RegoLoader loader = new RegoLoader(reading.on(LoadOptions.ofDefaults()));
    RegoFiles files = loader.load(data, bundles);
    return files.policy().strict(strict).v0Compatible(isV0(files, data.isEmpty(), isV0()));
  }

  /**
   * Which Rego the modules are in: what the bundles say, where they agree.
   *
   * @throws UsageException when they do not, or files beside them are read as another version
   */
  static boolean isV0(RegoFiles files, boolean onlyBundles, boolean asked) {
    Boolean said = null;
    for (BundleManifest bundle : files.bundles()) {
      @Nullable Integer version = bundle.regoVersion();
      boolean isV0 = version == null ? asked : version == 0;
      if (said != null && said != isV0) {
        throw new UsageException("bundles of Rego v0 and v1 cannot be loaded together");
      }
      said = isV0;
    }
    if (said != null && said != asked && !onlyBundles) {
      throw new UsageException(
          "the bundles are in Rego " + (said ? "v0: add --v0-compatible" : "v1"));
    }
    return said == null ? asked : said;
  }
}
