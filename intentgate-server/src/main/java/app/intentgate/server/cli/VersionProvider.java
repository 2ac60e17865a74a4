package app.intentgate.server.cli;

import app.intentgate.server.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  VersionProvider() {}

  @Override
  public String[] getVersion() {
    return new String[] {
      "intentgate " + Version.text(),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
