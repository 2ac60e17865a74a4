package app.intentgate.server.cli;

import app.intentgate.token.CapabilityToken;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a token says. */
@Command(
    name = "inspect",
    aliases = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Show what a token says, as JSON. Nothing is verified: anyone can write a token that says"
          + " anything.",
      "",
      "The signature is not shown; chain_id names this very token where tokens are revoked."
    })
final class TokenInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TOKEN", description = "the token, or - to read it from standard input")
  private String token;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  TokenInspectCommand() {}

  @Override
  public Integer call() throws Exception {
    CapabilityToken decoded = CapabilityToken.decode(Inputs.token(token));
    spec.commandLine().getOut().println(PrettyJson.of(TokenPrinter.describe(decoded)));
    return ExitCodes.OK;
  }
}
