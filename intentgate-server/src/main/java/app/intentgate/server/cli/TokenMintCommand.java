package app.intentgate.server.cli;

import app.intentgate.json.JsonWriter;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.TokenMinter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mints a token offline. */
@Command(
    name = "mint",
    mixinStandardHelpOptions = true,
    description = {
      "Mint a token with the master key, and print it.",
      "",
      "The key comes from --key-file or INTENTGATE_MASTER_KEY, never from an argument. A token"
          + " minted here is on no audit log: a running gate's POST /v1/admin/mint is the way that"
          + " is."
    },
    footer = {
      "",
      "Example:",
      "  intentgate token mint --key-file intentgate-data/master.key \\",
      "      --subject invoice-agent --tools 'read_*,pay_invoice' --ttl 1h --max-calls 50"
    })
final class TokenMintCommand implements Callable<Integer> {
  @Option(names = "--key-file", paramLabel = "FILE", description = "where the master key is")
  private @Nullable Path keyFile;

  @Option(names = "--subject", required = true, paramLabel = "AGENT", description = "whose it is")
  private String subject;

  @Option(names = "--tenant", paramLabel = "ID", description = "its tenant; default: default")
  private String tenant = "default";

  @Option(names = "--zone", paramLabel = "NAME", description = "its agent's zone; default: default")
  private String zone = "default";

  @Option(names = "--issuer", paramLabel = "NAME", description = "who issues it")
  private String issuer = "intentgate";

  @Option(names = "--step-up", description = "the person behind the agent has just proved itself")
  private boolean stepUp;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "text: the token alone; json: with what it says")
  private Format format = Format.TEXT;

  @Mixin private Restrictions only = new Restrictions();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  TokenMintCommand() {}

  @Override
  public Integer call() throws Exception {
    CapabilityToken token = TokenMinter.of(Inputs.keys(keyFile)).mint(grant());
    spec.commandLine()
        .getOut()
        .println(
            format == Format.TEXT
                ? token.encode()
                : JsonWriter.toText(
                    TokenPrinter.describe(token).toBuilder().put("token", token.encode()).build()));
    return ExitCodes.OK;
  }

  private Grant grant() {
    Grant grant = only.of(Grant.to(subject).tenant(tenant).zone(zone).issuer(issuer));
    return stepUp ? grant.stepUp() : grant;
  }
}
