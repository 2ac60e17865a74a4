package app.intentgate.server.http;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Runs what Jetty wants done beside its threads that read. When a request was answered by another
 * thread than the one that read it, Jetty goes on with the connection on a thread of the pool, only
 * to find nothing there yet in nearly every case. Waking that thread costs more than the look, so
 * the thread that answered takes it, once the answer is written and its own stack is clear of
 * Jetty's. Everything else goes to the pool. Thread-safe.
 */
public final class ReadingOn implements Executor {
  private static final ThreadLocal<Answering> CURRENT = ThreadLocal.withInitial(Answering::new);

  private final Executor pool;

  /** What the thread is about. */
  private static final class Answering {
    private boolean now;
    private @Nullable Runnable connection;
  }

  /** Hands on to this pool what is not to be done at once. */
  public ReadingOn(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    Answering answering = CURRENT.get();
    if (answering.now && answering.connection == null && task instanceof Connection) {
      answering.connection = task;
    } else {
      pool.execute(task);
    }
  }

  /**
   * Writes the last of an answer, then reads on from its connection if it is over by that. To be
   * called from threads that may serve requests.
   */
  public static void after(Runnable answer) {
    Answering answering = CURRENT.get();
    if (answering.now) {
      answer.run();
      return;
    }
    Runnable connection;
    answering.now = true;
    try {
      answer.run();
    } finally {
      answering.now = false;
      connection = answering.connection;
      answering.connection = null;
      if (connection != null) {
        connection.run();
      }
    }
  }
}
