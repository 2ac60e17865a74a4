package app.intentgate.server.cli;

import app.intentgate.server.Main;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the gate, as no command at all does. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Run the gate until it is told to stop (SIGTERM or Ctrl-C).",
      "",
      "It is configured by environment variables. With none set it listens on 127.0.0.1:8080, keeps"
          + " a generated master key, an admin token and the audit log in ./intentgate-data, and"
          + " requires a token of every call."
    },
    footer = {
      "",
      "The variables most used:",
      "  INTENTGATE_ADDR            where to listen; :8080 is every interface",
      "  INTENTGATE_DATA_DIR        where keys, audit log and state are kept",
      "  INTENTGATE_UPSTREAM_URL    the tool server that allowed calls go to",
      "  INTENTGATE_POLICY_FILE     a policy in Rego instead of the built-in one",
      "  INTENTGATE_EXTRACTOR_URL   a service that turns prompts into intents",
      "All of them: docs/configuration.md"
    })
final class ServeCommand implements Callable<Integer> {
  ServeCommand() {}

  @Override
  public Integer call() throws Exception {
    Main.main(new String[] {"serve"});
    return ExitCodes.OK;
  }
}
