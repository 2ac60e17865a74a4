package app.intentgate.server.cli;

import picocli.CommandLine.Command;

/** Tokens without a gate. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Mint, narrow, look at and verify capability tokens, without a running gate.",
    subcommands = {
      TokenMintCommand.class,
      TokenAttenuateCommand.class,
      TokenInspectCommand.class,
      TokenVerifyCommand.class
    })
final class TokenCommand extends Group {
  TokenCommand() {}
}
