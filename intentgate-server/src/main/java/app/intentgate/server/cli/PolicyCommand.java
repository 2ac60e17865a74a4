package app.intentgate.server.cli;

import picocli.CommandLine.Command;

/** Policies without a gate. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Check and evaluate policies in Rego, without a running gate.",
    subcommands = {PolicyCheckCommand.class, PolicyEvalCommand.class, PolicyTemplateCommand.class})
final class PolicyCommand extends Group {
  PolicyCommand() {}
}
