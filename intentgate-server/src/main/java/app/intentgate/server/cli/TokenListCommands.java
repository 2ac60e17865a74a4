package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.sdk.admin.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The tokens that a gate knows of. */
final class TokenListCommands {
  private TokenListCommands() {}

  /** Lists what was minted. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "List the tokens that gates minted, newest first, and how many calls each has left; never"
            + " the tokens themselves."
      },
      footer = {"", "Example:", "  intentgate token list --tenant acme --agent invoice-agent"})
  static final class Minted extends GateCommand {
    @Option(names = "--tenant", paramLabel = "ID", description = "of one tenant")
    private String tenant = "";

    @Option(names = "--agent", paramLabel = "ID", description = "of one agent")
    private String agent = "";

    @Mixin private Limit limit = new Limit();

    @Option(names = "--offset", paramLabel = "N", description = "after so many")
    private int offset;

    Minted() {}

    @Override
    int run(AdminClient gate) {
      JsonObject page = gate.tokens().minted(tenant, agent, limit.value, offset);
      return rows(
          page,
          "tokens",
          Cells.of(
              "jti",
              "tenant",
              "subject",
              "minted_at",
              "expires_at",
              "max_calls",
              "uses_left",
              "revoked"));
    }
  }

  /** Lists what was revoked. */
  @Command(
      name = "revoked",
      mixinStandardHelpOptions = true,
      description = "List the revoked tokens, newest first.")
  static final class Revoked extends GateCommand {
    @Mixin private Limit limit = new Limit();

    Revoked() {}

    @Override
    int run(AdminClient gate) {
      return rows(
          gate.get("/v1/admin/revocations?limit=" + limit.value),
          "revocations",
          Cells.of("jti", "tenant", "revoked_at", "reason"));
    }
  }
}
