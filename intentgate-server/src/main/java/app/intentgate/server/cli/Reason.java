package app.intentgate.server.cli;

import picocli.CommandLine.Option;

/** Why something is done. */
final class Reason {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why, for the audit log")
  String text;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  Reason() {}
}
