package app.intentgate.server.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which the requests of operators are served: when all of them wait for a store,
 * others queue here, and the agents' threads are as free as before. What the queue does not hold is
 * refused. Thread-safe.
 */
public final class OperatorThreads implements Executor, AutoCloseable {
  /**
   * More than replays and compilations of policies may wait at once, so that they never have all.
   */
  private static final int THREADS = 48;

  private static final int WAITING = 1024;

  private final ThreadPoolExecutor pool;

  /** As many threads as a gate needs. */
  public OperatorThreads() {
    this(THREADS, WAITING);
  }

  /** This many threads, and this many requests that wait for one. */
  OperatorThreads(int threads, int waiting) {
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            OperatorThreads::daemon);
    pool.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-operators");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs a request when a thread is free.
   *
   * @throws java.util.concurrent.RejectedExecutionException when too many wait
   */
  @Override
  public void execute(Runnable request) {
    pool.execute(request);
  }

  /** Takes no more; what still runs, after its connection is gone, is interrupted. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
