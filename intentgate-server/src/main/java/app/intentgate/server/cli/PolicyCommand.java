package app.intentgate.server.cli;

import picocli.CommandLine.Command;

/** Policies without a gate. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Check, evaluate, test and measure policies in Rego, without a running gate.",
    subcommands = {
      PolicyCheckCommand.class,
      PolicyEvalCommand.class,
      PolicyTestCommand.class,
      PolicyBenchCommand.class,
      PolicyTemplateCommand.class
    })
final class PolicyCommand extends Group {
  PolicyCommand() {}
}
