package app.intentgate.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database now and then whether it answers, so that who is asked for readiness need not.
 * Thread-safe.
 */
public final class Reachability implements AutoCloseable {
  private final Database database;
  private final Duration pause;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable String problem;

  /** Starts to ask, with a pause after each answer. */
  public Reachability(Database database, Duration pause) {
    this.database = database;
    this.pause = pause;
    this.thread = new Thread(this::run, "database-reachability");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        database.ping();
        problem = null;
      } catch (RuntimeException e) {
        problem = String.valueOf(e.getMessage());
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Why the database did not answer when it was last asked; null when it did. */
  public @Nullable String problem() {
    return problem;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
