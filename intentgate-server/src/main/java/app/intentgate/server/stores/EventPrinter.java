package app.intentgate.server.stores;

import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints events, one JSON line each, on a thread of its own. A reader that stops delays no call:
 * what does not fit the queue meanwhile is skipped and counted. The stored log has every event.
 */
public final class EventPrinter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPrinter.class);
  private static final int CAPACITY = 10_000;
  private static final long CLOSE_MILLIS = 2_000;
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final BlockingQueue<StoredEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong skipped = new AtomicLong();
  private final OutputStream out;
  private final Thread writer;
  private volatile boolean closed;

  /** Prints to a stream, which is flushed but not closed. */
  public EventPrinter(OutputStream out) {
    this.out = out;
    this.writer = new Thread(this::write, "intentgate-audit-print");
    this.writer.setDaemon(true);
    this.writer.start();
  }

  /** Prints an event soon, or skips it when too many wait; never blocks. */
  public void print(StoredEvent event) {
    if (!queue.offer(event) && skipped.getAndIncrement() % CAPACITY == 0) {
      LOG.warn("standard output is not read: audit lines are skipped there, not in the store");
    }
  }

  /** How many events were skipped. */
  public long skipped() {
    return skipped.get();
  }

  private void write() {
    List<StoredEvent> waiting = new ArrayList<>();
    try {
      while (true) {
        StoredEvent event = queue.poll(100, TimeUnit.MILLISECONDS);
        if (event == null) {
          if (closed) {
            return;
          }
          continue;
        }
        waiting.add(event);
        queue.drainTo(waiting);
        for (StoredEvent each : waiting) {
          out.write(EventJson.bytes(each));
          out.write('\n');
        }
        waiting.clear();
        out.flush();
        rest();
      }
    } catch (IOException e) {
      LOG.warn("standard output is gone: audit lines are no longer printed there", e);
      closed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets some events gather, so that under load the thread is not woken for each of them. A park,
   * since its end does not matter: {@link #close} wakes it.
   */
  private void rest() {
    if (!closed) {
      LockSupport.parkNanos(GATHER_NANOS);
    }
  }

  /** Prints what waits, for a moment at the most. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
