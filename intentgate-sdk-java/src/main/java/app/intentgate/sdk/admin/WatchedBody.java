package app.intentgate.sdk.admin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A body that is closed when who reads it hears nothing for too long: a network that dropped the
 * connection silently would never end the reading. Time between two readings does not count.
 */
final class WatchedBody extends FilterInputStream {
  private final Duration limit;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile long since;
  private volatile boolean reading;
  private volatile boolean silent;

  WatchedBody(InputStream body, Duration limit) {
    super(body);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    since = System.nanoTime();
    reading = true;
    watchAfter(limit.toNanos());
    try {
      int read = in.read(into, offset, length);
      if (read >= 0 || !silent) {
        return read;
      }
    } catch (IOException e) {
      throw silent ? silence(e) : e;
    } finally {
      reading = false;
    }
    throw silence(null);
  }

  private IOException silence(@Nullable Throwable cause) {
    return new IOException("nothing came for " + limit.toSeconds() + " seconds", cause);
  }

  /** At most one look is under way; none once nobody reads. */
  private void watchAfter(long nanos) {
    if (watched.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(this::look);
    }
  }

  private void look() {
    watched.set(false);
    if (!reading) {
      return;
    }
    long left = limit.toNanos() - (System.nanoTime() - since);
    if (left > 0) {
      watchAfter(left);
      return;
    }
    silent = true;
    try {
      in.close();
    } catch (IOException e) {
      // Who reads it hears of the end either way.
    }
  }
}
