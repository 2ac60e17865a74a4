package app.intentgate.server.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads a whole body, without blocking and never more than permitted. Of a body that is too large,
 * some more is read and dropped, so that the client can read the answer before its connection ends.
 */
public final class BodyReader implements Invocable.Task {
  private static final long DRAIN = 16L << 20;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final byte[] NONE = {};

  private final Request request;
  private final int max;
  private final Listener listener;
  private final long deadline = System.nanoTime() + MAX_NANOS;
  private byte[] body;
  private int size;
  private long dropped;

  /** Whoever wants the body. */
  public interface Listener {
    /** The whole body. */
    void onBody(byte[] body);

    /** No usable body came: it is too large, too slow, or the connection broke. */
    void onFailure(String why);
  }

  private BodyReader(Request request, int max, Listener listener) {
    this.request = request;
    this.max = max;
    this.listener = listener;
    long announced = request.getLength();
    this.body = announced > 0 && announced <= max ? new byte[(int) announced] : NONE;
    this.dropped = announced > max ? 1 : 0;
  }

  /** Reads a request's body and tells the listener once, perhaps before this returns. */
  public static void read(Request request, int max, Listener listener) {
    new BodyReader(request, max, listener).run();
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
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        listener.onFailure("the body could not be read");
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
        listener.onFailure(dropped > 0 ? tooLarge() : "the body did not arrive in time");
        return;
      }
    }
  }

  private void take(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (dropped > 0 || length > max - size) {
      dropped += length;
      body = NONE;
      return;
    }
    if (length > body.length - size) {
      body = Arrays.copyOf(body, Math.min(max, Math.max(size + length, body.length * 2 + 256)));
    }
    bytes.get(body, size, length);
    size += length;
  }

  private void end() {
    if (dropped > 0) {
      listener.onFailure(tooLarge());
    } else {
      listener.onBody(size == body.length ? body : Arrays.copyOf(body, size));
    }
  }

  private String tooLarge() {
    return "request body exceeds " + max + " bytes";
  }
}
