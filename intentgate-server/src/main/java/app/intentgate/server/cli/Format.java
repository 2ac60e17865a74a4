package app.intentgate.server.cli;

/** How a command prints its result. */
enum Format {
  /** For people. */
  TEXT,
  /** One JSON document, for programs. */
  JSON
}
