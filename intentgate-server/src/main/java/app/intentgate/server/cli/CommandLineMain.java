package app.intentgate.server.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Runs a command and ends the program with its exit code, see {@link ExitCodes}. */
public final class CommandLineMain {
  private CommandLineMain() {}

  /** Runs the command that the words name. */
  public static void main(String[] args) {
    int code =
        run(new StandardOutput(), new PrintWriter(System.err, true, StandardCharsets.UTF_8), args);
    if (code != DemoCommand.KEEP_RUNNING) {
      System.exit(code);
    }
  }

  /** A command whose reader has gone has done nothing wrong, and says nothing. */
  static int run(StandardOutput to, PrintWriter err, String... args) {
    PrintWriter out = new PrintWriter(to, true, StandardCharsets.UTF_8);
    return run(out, to::readerGone, err, args);
  }

  /** Runs a command, writing to these; returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(out, () -> false, err, args);
  }

  private static int run(
      PrintWriter out, BooleanSupplier readerGone, PrintWriter err, String... args) {
    CommandLine line = parser();
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof OutputGoneException) {
            return ExitCodes.UNREADABLE; // What follows looks at the output, and says it once.
          }
          command.getErr().println("intentgate: " + Cells.plain(Failures.sentence(failure)));
          return failure instanceof UsageException ? ExitCodes.USAGE : ExitCodes.UNREADABLE;
        });
    try {
      int code = line.execute(args);
      if (out.checkError()) {
        if (readerGone.getAsBoolean()) {
          return ExitCodes.READER_GONE;
        }
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
