package app.intentgate.server.cli;

import picocli.CommandLine.Command;

/** Audit logs. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Verify audit logs and close old months, without a running gate; query, follow and export the"
          + " log of one."
    },
    subcommands = {
      AuditVerifyCommand.class,
      AuditKeyCommand.class,
      AuditRetainCommand.class,
      AuditGateCommands.Query.class,
      AuditGateCommands.Tail.class,
      AuditExportCommand.class
    })
final class AuditCommand extends Group {
  AuditCommand() {}
}
