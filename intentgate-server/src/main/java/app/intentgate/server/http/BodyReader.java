package app.intentgate.server.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads a whole body, without blocking and never more than permitted, within 30 seconds. What a
 * client announces takes no memory until it comes. Of a body that is too large, some more is read
 * and dropped, so that the client can read the answer before its connection ends.
 */
public final class BodyReader implements Invocable.Task {
  private static final long DRAIN = 16L << 20;
  private static final String TOO_SLOW = "the body did not arrive in time";
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int FIRST = 64 << 10;
  private static final byte[] NONE = {};

  private final Request request;
  private final int max;
  private final int expected;
  private final Listener listener;
  private final long deadline;
  private byte[] body;
  private int size;
  private long dropped;
  private long usualIdle = -1;

  /** Whoever wants the body. */
  public interface Listener {
    /** The whole body. */
    void onBody(byte[] body);

    /** No usable body came: it is too large, too slow, or the connection broke. */
    void onFailure(String why);
  }

  private BodyReader(Request request, int max, long nanos, Listener listener) {
    this.request = request;
    this.max = max;
    this.listener = listener;
    this.deadline = System.nanoTime() + nanos;
    long announced = request.getLength();
    boolean fits = announced > 0 && announced <= max;
    this.expected = fits ? (int) announced : max;
    this.body = fits ? new byte[Math.min((int) announced, FIRST)] : NONE;
    this.dropped = announced > max ? 1 : 0;
  }

  /** Reads a request's body and tells the listener once, perhaps before this returns. */
  public static void read(Request request, int max, Listener listener) {
    read(request, max, MAX_NANOS, listener);
  }

  /** The same with another time limit. */
  static void read(Request request, int max, long nanos, Listener listener) {
    new BodyReader(request, max, nanos, listener).run();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        waitForMore();
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failed(
            chunk.getFailure() instanceof TimeoutException
                ? TOO_SLOW
                : "the body could not be read");
        return;
      }
      take(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        end();
        return;
      }
      if (dropped > DRAIN || System.nanoTime() - deadline > 0) {
        failed(dropped > 0 ? tooLarge() : TOO_SLOW);
        return;
      }
    }
  }

  /** Silence ends at the deadline too: until then the connection may be idle, and no longer. */
  private void waitForMore() {
    EndPoint connection = connection();
    if (usualIdle < 0) {
      usualIdle = connection.getIdleTimeout();
    }
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    connection.setIdleTimeout(Math.max(1, left));
    request.demand(this);
  }

  private void usualIdle() {
    if (usualIdle >= 0) {
      connection().setIdleTimeout(usualIdle);
    }
  }

  private EndPoint connection() {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  private void failed(String why) {
    usualIdle();
    listener.onFailure(why);
  }

  private void take(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (dropped > 0 || length > max - size) {
      dropped += length;
      body = NONE;
      return;
    }
    if (length > body.length - size) {
      body = Arrays.copyOf(body, room(size + length));
    }
    bytes.get(body, size, length);
    size += length;
  }

  /** How much memory a body takes that has this many bytes by now. */
  private int room(int bytes) {
    return (int) Math.max(bytes, Math.min(expected, body.length * 2L + 256));
  }

  private void end() {
    if (dropped > 0) {
      failed(tooLarge());
    } else {
      usualIdle();
      listener.onBody(size == body.length ? body : Arrays.copyOf(body, size));
    }
  }

  private String tooLarge() {
    return "request body exceeds " + max + " bytes";
  }
}
