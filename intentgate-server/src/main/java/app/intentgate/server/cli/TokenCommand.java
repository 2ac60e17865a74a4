package app.intentgate.server.cli;

import picocli.CommandLine.Command;

/** Tokens. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Mint, narrow, look at and verify capability tokens, without a running gate; revoke and list"
          + " them on one."
    },
    subcommands = {
      TokenMintCommand.class,
      TokenAttenuateCommand.class,
      TokenInspectCommand.class,
      TokenVerifyCommand.class,
      TokenRevokeCommand.class,
      TokenListCommands.Minted.class,
      TokenListCommands.Revoked.class
    })
final class TokenCommand extends Group {
  TokenCommand() {}
}
