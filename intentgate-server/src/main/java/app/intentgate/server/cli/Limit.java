package app.intentgate.server.cli;

import picocli.CommandLine.Option;

/** How many rows. */
final class Limit {
  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Counts.class,
      description = "how many; 100 unless given")
  int value = 100;

  Limit() {}
}
