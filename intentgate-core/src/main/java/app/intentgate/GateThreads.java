package app.intentgate;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where held calls go on unless told otherwise: two threads that all gates of a JVM share and that
 * end when they are idle. Not the common pool, which on a small machine is one thread that anybody
 * may block.
 */
final class GateThreads {
  private static final int THREADS = 2;
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** The threads. */
  static final Executor SHARED = create();

  private GateThreads() {}

  private static Executor create() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            GateThreads::daemon);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
