package app.intentgate.server.cli;

import picocli.CommandLine.Option;

/** Whose policy. */
final class Slot {
  @Option(names = "--tenant", paramLabel = "ID", description = "whose; without it, the default")
  String tenant = "";

  Slot() {}
}
