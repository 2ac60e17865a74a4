package app.intentgate.sdk;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where tools of in-process gates run unless told otherwise. Fork-join threads, since one that
 * waits for the call of another tool is replaced meanwhile, so that tools within tools do not use
 * them up; not the common pool, which on a small machine is one thread that anybody may block.
 */
final class ToolThreads {
  /** How many tools run at once, those not counted that wait for others. */
  private static final int THREADS = 32;

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** The threads. */
  static final Executor SHARED =
      new ForkJoinPool(THREADS, ToolThreads::thread, null, /* asyncMode= */ true);

  private ToolThreads() {}

  private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("intentgate-tool-" + COUNT.incrementAndGet());
    // A program's own class loader is not always the system's, which such threads begin with.
    thread.setContextClassLoader(ToolThreads.class.getClassLoader());
    return thread;
  }
}
