package app.intentgate.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Runs a command and ends the program with its exit code, see {@link ExitCodes}. */
public final class CommandLineMain {
  private CommandLineMain() {}

  /** Runs the command that the words name. */
  public static void main(String[] args) {
    // Not by way of System.out, where what speaks a protocol ends with a reader that has gone.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    int code =
        run(
            new PrintWriter(out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args);
    if (code != DemoCommand.KEEP_RUNNING) {
      System.exit(code);
    }
  }

  /** Runs a command, writing to these; returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = parser();
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof OutputEndedException) {
            return ExitCodes.UNREADABLE; // which is said below, as for any command
          }
          command.getErr().println("intentgate: " + Cells.plain(Failures.sentence(failure)));
          return failure instanceof UsageException ? ExitCodes.USAGE : ExitCodes.UNREADABLE;
        });
    try {
      int code = line.execute(args);
      if (out.checkError()) {
        err.println("intentgate: standard output could not be written");
        return ExitCodes.UNREADABLE;
      }
      return code;
    } catch (OutOfMemoryError e) {
      err.println("intentgate: not enough memory: give java more, such as -Xmx2g");
      return ExitCodes.UNREADABLE;
    }
  }

  /** All commands and how they are read. */
  static CommandLine parser() {
    CommandLine line = new CommandLine(new RootCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // What comes after the first word of the server's command is the server's.
    Objects.requireNonNull(line.getSubcommands().get("stdio")).setStopAtPositional(true);
    return line;
  }
}
