package app.intentgate.server.cli;

import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Narrows a token without a key. */
@Command(
    name = "attenuate",
    mixinStandardHelpOptions = true,
    description = {
      "Print a child of a token that may do less. Needs neither a key nor a gate.",
      "",
      "Restrictions add up: a child can never do what its parent cannot."
    },
    footer = {
      "",
      "Example, for a sub-agent that may only read, ten times, in the next five minutes:",
      "  echo \"$TOKEN\" | intentgate token attenuate - --tools 'read_*' --max-calls 10 --ttl 5m"
    })
final class TokenAttenuateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TOKEN", description = "the token, or - to read it from standard input")
  private String token;

  @Mixin private Restrictions only = new Restrictions();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  TokenAttenuateCommand() {}

  @Override
  public Integer call() throws Exception {
    List<Caveat> caveats = only.caveats(Instant.now());
    if (caveats.isEmpty()) {
      throw new UsageException("nothing to restrict: give at least one of --tools, --ttl, ...");
    }
    CapabilityToken child = CapabilityToken.decode(Inputs.token(token)).attenuate(caveats);
    spec.commandLine().getOut().println(child.encode());
    return ExitCodes.OK;
  }
}
