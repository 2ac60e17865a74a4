package app.intentgate.server.cli;

import app.intentgate.server.stdio.StdioGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a local tool server behind a gate of its own. */
@Command(
    name = "stdio",
    mixinStandardHelpOptions = true,
    description = {
      "Run a local MCP server behind a gate, for an agent that starts both by one command.",
      "",
      "The server is started by this program and speaks over its standard input and output, as the"
          + " agent does over ours. Every call meets the same checks and the same audit as on a"
          + " gate that listens. Standard output carries the protocol alone; the log, and whatever"
          + " the server writes to its standard error, go to standard error.",
      "",
      "Ends when the agent closes its side, and ends the server then; exits with 1 when the server"
          + " ends first."
    },
    footer = {
      "",
      "It is configured by the variables of docs/configuration.md, except that",
      "  INTENTGATE_DATA_DIR   is a folder of the user's own for each command line unless set",
      "  INTENTGATE_ADDR       is a free port of this machine unless set; operators use it",
      "  INTENTGATE_TOKEN      is the token calls are made with; unset, that of the file"
          + " agent.token",
      "                        in the data directory, made at the first start for the agent",
      "                        \"desktop\" without restrictions: put a narrower one there",
      "None of these variables reach the server.",
      "",
      "Example, for the configuration of a desktop agent:",
      "  {\"command\": \"intentgate\",",
      "   \"args\": [\"stdio\", \"--\", \"npx\", \"-y\", \"@example/files\", \"/home/ann\"]}"
    })
final class StdioCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "the server's command and its words, after --")
  private List<String> command;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  StdioCommand() {}

  @Override
  public Integer call() throws IOException {
    InputStream in = System.in;
    OutputStream out = System.out;
    PrintStream err = System.err;
    // Whatever else is printed must not come between the messages.
    System.setOut(err);
    boolean asTold =
        StdioGate.run(
            command, System.getenv(), in, out, sentence -> err.println("intentgate: " + sentence));
    return asTold ? ExitCodes.OK : ExitCodes.REFUSED;
  }
}
