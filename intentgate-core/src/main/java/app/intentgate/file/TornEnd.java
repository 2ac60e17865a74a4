package app.intentgate.file;

import app.intentgate.audit.StoreLock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What was cut off in writing a file, and so was never answered: kept for whoever wants to look.
 */
final class TornEnd {
  private static final System.Logger LOG = System.getLogger(TornEnd.class.getName());

  private TornEnd() {}

  /** Keeps it beside the file as {@code .torn}, for its owner alone, as the file may be. */
  static void keep(Path file, byte[] rest) throws IOException {
    Path torn = file.resolveSibling(file.getFileName() + ".torn");
    Files.deleteIfExists(torn);
    StoreLock.makePrivate(torn);
    Files.write(torn, rest);
    LOG.log(Level.WARNING, "{0}: the end was cut off in writing; kept as {1}", file, torn);
  }
}
