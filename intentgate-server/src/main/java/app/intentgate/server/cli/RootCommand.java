package app.intentgate.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program's first word. */
@Command(
    name = "intentgate",
    description = "An authorization gateway for AI agents.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      KeyCommand.class,
      TokenCommand.class,
      PolicyCommand.class,
      ApprovalCommand.class,
      AuditCommand.class,
      StdioCommand.class,
      ConnectCommand.class,
      KillCommand.class,
      OperatorCommand.class,
      MigrateCommand.class,
      BackupCommand.class,
      DoctorCommand.class,
      TrainCommand.class
    },
    footer = {
      "",
      "Start here:",
      "  intentgate demo                 see calls judged, on a gate of its own",
      "  intentgate                      run the gate; configured by INTENTGATE_* variables",
      "  intentgate COMMAND --help       what a command does, with examples",
      "",
      "Exit codes: 0 it worked, 1 what was checked does not hold, 2 wrong words or unreadable"
          + " input,",
      "3 the gate does not accept the token or the operator may not do this, 4 no gate answers."
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  RootCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
