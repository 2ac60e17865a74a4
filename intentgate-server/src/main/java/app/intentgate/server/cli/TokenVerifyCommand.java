package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonWriter;
import app.intentgate.token.CaveatCheck;
import app.intentgate.token.CaveatRefusal;
import app.intentgate.token.CaveatRequest;
import app.intentgate.token.TokenException;
import app.intentgate.token.TokenVerifier;
import app.intentgate.token.VerifiedToken;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies a token offline. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verify a token's signatures with the master key, and whether it is valid now.",
      "",
      "With --tool, also whether its caveats permit that tool. Revocation, kill switches and"
          + " budgets are known to a running gate only.",
      "",
      "Exits with 0 when it is good, 1 when it is not."
    },
    footer = {
      "",
      "Example:",
      "  intentgate token verify --key-file intentgate-data/master.key --tool read_invoice"
          + " \"$TOKEN\""
    })
final class TokenVerifyCommand implements Callable<Integer> {
  @Option(names = "--key-file", paramLabel = "FILE", description = "where the master key is")
  private @Nullable Path keyFile;

  @Option(names = "--tool", paramLabel = "NAME", description = "a tool it should permit")
  private @Nullable String tool;

  @Option(names = "--format", paramLabel = "text|json", description = "how to print the verdict")
  private Format format = Format.TEXT;

  @Parameters(paramLabel = "TOKEN", description = "the token, or - to read it from standard input")
  private String token;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  TokenVerifyCommand() {}

  @Override
  public Integer call() throws Exception {
    TokenVerifier verifier = TokenVerifier.of(Inputs.keys(keyFile));
    String refusal;
    try {
      VerifiedToken verified = verifier.verify(Inputs.token(token));
      refusal = refusal(verified);
    } catch (TokenException e) {
      refusal = e.getMessage();
    }
    print(refusal);
    return refusal == null ? ExitCodes.OK : ExitCodes.REFUSED;
  }

  private @Nullable String refusal(VerifiedToken verified) {
    CaveatRequest request =
        CaveatRequest.of(tool == null ? "" : tool, verified.token().subject(), Instant.now())
            .withUnknownRiskIgnored(true)
            .withEastWest(tool == null);
    CaveatRefusal refusal = CaveatCheck.refusal(verified, request);
    return refusal == null ? null : refusal.text();
  }

  private void print(@Nullable String refusal) {
    String text;
    if (format == Format.JSON) {
      JsonObject.Builder out = JsonObject.builder(2).put("ok", refusal == null);
      if (refusal != null) {
        out.put("reason", refusal);
      }
      text = JsonWriter.toText(out.build());
    } else {
      text = refusal == null ? "valid" : "not valid: " + refusal;
    }
    spec.commandLine().getOut().println(text);
  }
}
