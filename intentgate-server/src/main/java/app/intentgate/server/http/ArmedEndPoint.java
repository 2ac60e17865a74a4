package app.intentgate.server.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that wakes threads only for news. Jetty's wakes its selector for every registration
 * for reading made by another thread, also where the key has that interest already, as it has while
 * a {@link ClientWatch} waits; and what arrives while nobody is registered goes to a thread of the
 * pool, which finds nothing to do. Waking threads for what they know was a third of the cost of a
 * forwarded call.
 *
 * <p>Correct because a registration is made before the interest is looked at: either the selector,
 * which takes the interest away under the same lock, finds the registration, or the interest is
 * gone by the look and is asked for anew.
 */
final class ArmedEndPoint extends SocketChannelEndPoint {
  private final SelectionKey key;
  private final Object lock = new Object();
  private boolean armed;

  ArmedEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    this.key = key;
  }

  @Override
  protected void needsFillInterest() {
    synchronized (lock) {
      if (!armed) {
        armed = true;
        super.needsFillInterest();
      }
    }
  }

  @Override
  public @Nullable Runnable onSelected() {
    synchronized (lock) {
      int ready = key.readyOps();
      if ((ready & SelectionKey.OP_READ) != 0) {
        armed = false;
      }
      Runnable task = super.onSelected();
      return ready == SelectionKey.OP_READ && !isFillInterested() ? null : task;
    }
  }
}
