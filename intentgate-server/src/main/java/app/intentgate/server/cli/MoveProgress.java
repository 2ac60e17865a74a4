package app.intentgate.server.cli;

import app.intentgate.audit.AuditFileVerifier.Progress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** How far a move of a file store is: a line for what is verified, then one for what is moved. */
final class MoveProgress implements AutoCloseable {
  private final PrintWriter out;
  private final @Nullable Boolean asked;
  private final long size;
  private @Nullable ProgressLine line;
  private String step = "";

  /**
   * Shows nothing yet.
   *
   * @param asked as {@link ProgressLine} has it
   * @param size how many bytes each step goes through
   */
  MoveProgress(PrintWriter out, @Nullable Boolean asked, long size) {
    this.out = out;
    this.asked = asked;
    this.size = size;
  }

  Progress verifying() {
    return (bytes, events) -> at("verified", bytes, events);
  }

  Progress moving() {
    return (bytes, events) -> at("moved", bytes, events);
  }

  private void at(String name, long bytes, long events) {
    ProgressLine now = line;
    if (now == null || !step.equals(name)) {
      close();
      now = ProgressLine.of(out, name, asked);
      now.total(size);
      line = now;
      step = name;
    }
    now.at(bytes, events);
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
      line = null;
    }
  }
}
