package app.intentgate.audit;

import app.intentgate.audit.BrokenEvent.Break;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the part of a log that opening did not, from the first event to the saved heads, on a
 * thread of its own that gives way: it rests as long as it works.
 */
final class BackgroundVerification {
  private static final System.Logger LOG = System.getLogger(BackgroundVerification.class.getName());
  private static final int EVENTS_PER_TURN = 4096;

  private final Path log;
  private final SavedHeads part;
  private final Thread thread;
  private volatile long verified;
  private volatile boolean stopped;
  private volatile boolean done;
  private volatile @Nullable BrokenEvent broken;

  BackgroundVerification(Path log, SavedHeads part) {
    this.log = log;
    this.part = part;
    this.thread = new Thread(this::run, "audit-verification");
    thread.setDaemon(true);
  }

  BackgroundVerification start() {
    if (part.bytes() == 0) {
      done = true;
    } else {
      thread.start();
    }
    return this;
  }

  private void run() {
    try {
      BrokenEvent found = verifyAtAll();
      if (found != null) {
        broken = found;
        LOG.log(
            System.Logger.Level.ERROR,
            "audit chain broken: {0}, line {1}, row {2}: {3}",
            found.how().reason(),
            found.line(),
            found.seq(),
            found.detail());
      }
    } finally {
      done = true;
    }
  }

  /** What cannot be verified is not intact: whoever tampers can make a line too long to be read. */
  private @Nullable BrokenEvent verifyAtAll() {
    try {
      return verify();
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "cannot verify " + log, e);
      return new BrokenEvent(Break.UNREADABLE, 0, 0, null, "", "", "it cannot be verified: " + e);
    }
  }

  private @Nullable BrokenEvent verify() throws IOException {
    ChainsWalk walk = new ChainsWalk(true).remembering(part.heads());
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      Lines lines = new Lines(FileReading.stream(channel, 0, part.bytes()));
      long turn = System.nanoTime();
      while (lines.next()) {
        walk.line(lines, lines.number());
        if (lines.number() % EVENTS_PER_TURN == 0) {
          verified = lines.number();
          if (stopped) {
            return null;
          }
          LockSupport.parkNanos(System.nanoTime() - turn);
          turn = System.nanoTime();
        }
      }
    }
    verified = walk.rows();
    BrokenEvent first = walk.firstBreak();
    if (first == null && walk.rows() != part.events()) {
      String detail = walk.rows() + " rows stand where " + part.events() + " are remembered";
      return new BrokenEvent(Break.HEAD_MISMATCH, 0, 0, null, "", "", detail);
    }
    return first;
  }

  long verified() {
    return verified;
  }

  /** How many events are still before it; 0 only when {@link #broken} says what was found. */
  long left() {
    return done ? 0 : Math.max(1, part.events() - verified);
  }

  @Nullable BrokenEvent broken() {
    return broken;
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
