package app.intentgate.server.cli;

import picocli.CommandLine.Command;

/** Policies. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Check, evaluate, test and measure policies in Rego, without a running gate; save them on one"
          + " and put them into force."
    },
    subcommands = {
      PolicyCheckCommand.class,
      PolicyEvalCommand.class,
      PolicyTestCommand.class,
      PolicyBenchCommand.class,
      PolicyTemplateCommand.class,
      PolicyDraftCommand.class,
      PolicyDryRunCommand.class,
      PolicyChangeCommands.Promote.class,
      PolicyChangeCommands.Propose.class,
      PolicyChangeCommands.Approve.class,
      PolicyChangeCommands.Reject.class,
      PolicyChangeCommands.Rollback.class,
      PolicyChangeCommands.Clear.class,
      PolicyStateCommands.Active.class,
      PolicyStateCommands.History.class
    })
final class PolicyCommand extends Group {
  PolicyCommand() {}
}
