package app.intentgate.server.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Threads for a server or a client of Jetty's. Its own are made with the rights of its classes, for
 * the security managers that Java once had: finding out how costs a gate that starts more than the
 * threads do.
 */
public final class GateThreads extends QueuedThreadPool {
  private final AtomicInteger made = new AtomicInteger();

  /**
   * A pool, to be started.
   *
   * @param most how many threads at the most
   * @param least how many are kept
   */
  public GateThreads(String name, int most, int least) {
    super(most, least);
    setName(name);
  }

  @Override
  public Thread newThread(Runnable job) {
    Thread thread = new Thread(job, getName() + "-" + made.incrementAndGet());
    thread.setDaemon(isDaemon());
    thread.setContextClassLoader(getClass().getClassLoader());
    return thread;
  }
}
