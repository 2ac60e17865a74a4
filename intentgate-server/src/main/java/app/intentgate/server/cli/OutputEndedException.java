package app.intentgate.server.cli;

import java.io.Serial;

/** What a command writes is not taken any more: it ends, however much would still come. */
final class OutputEndedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  OutputEndedException() {
    super("standard output could not be written");
  }
}
