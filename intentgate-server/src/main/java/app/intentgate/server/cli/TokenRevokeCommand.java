package app.intentgate.server.cli;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.sdk.admin.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a token on a running gate. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Revoke a token and all that were narrowed from it, on every gate.",
      "",
      "Named by its jti, or by the chain id of one narrowed token; \"token inspect\" shows both."
    },
    footer = {"", "Example:", "  intentgate token revoke JTI --reason 'laptop lost'"})
final class TokenRevokeCommand extends GateCommand {
  @Parameters(paramLabel = "JTI", description = "its jti or chain id; never the token itself")
  private String id;

  @Mixin private Reason reason = new Reason();

  @SuppressWarnings("NullAway") // picocli sets what is annotated
  TokenRevokeCommand() {}

  @Override
  int run(AdminClient gate) {
    gate.tokens().revoke(id, reason.text);
    return done(JsonObject.of("jti", JsonString.of(id), "ok", JsonBoolean.TRUE), "revoked " + id);
  }
}
