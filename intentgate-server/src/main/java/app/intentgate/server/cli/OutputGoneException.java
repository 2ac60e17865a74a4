package app.intentgate.server.cli;

import java.io.Serial;

/** Nothing more can be written to standard output; whoever runs the command says so. */
final class OutputGoneException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  OutputGoneException() {
    super("standard output could not be written");
  }
}
