package app.intentgate.server.cli;

import picocli.CommandLine.Option;

/** Which calls: whose, and of what. */
final class WhoseCalls {
  @Option(names = "--tenant", paramLabel = "ID", description = "of one tenant")
  String tenant = "";

  @Option(names = "--agent", paramLabel = "ID", description = "of one agent")
  String agent = "";

  @Option(names = "--tool", paramLabel = "NAME", description = "of one tool")
  String tool = "";

  WhoseCalls() {}
}
