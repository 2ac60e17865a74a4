package app.intentgate.server.cli;

/** What the program's exit codes mean, for every command alike. */
final class ExitCodes {
  /** It worked; what was checked holds. */
  static final int OK = 0;

  /** What was checked does not hold: a broken chain, a refused token, a policy with errors. */
  static final int REFUSED = 1;

  /** Wrong words, or something that could not be read. */
  static final int USAGE = 2;

  /** Something that could not be read or done. */
  static final int UNREADABLE = 2;

  /** The gate does not accept the operator's token, or that operator may not do this. */
  static final int NOT_PERMITTED = 3;

  /** No gate answers, or it cannot do anything now: trying again may help. */
  static final int NO_ANSWER = 4;

  /** Who read the output has gone: 128 and the number of SIGPIPE, as shells tell it. */
  static final int READER_GONE = 141;

  private ExitCodes() {}
}
