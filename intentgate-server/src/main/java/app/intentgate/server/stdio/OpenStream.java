package app.intentgate.server.stdio;

import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a client, which the child's messages go into one by one, the next when the last went
 * out.
 */
final class OpenStream implements Waiting {
  private static final byte[] START = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);

  private final @Nullable Rpc request;
  private final UpstreamReceiver receiver;
  private final Semaphore free = new Semaphore(1);
  private boolean over;

  OpenStream(@Nullable Rpc request, UpstreamReceiver receiver) {
    this.request = request;
    this.receiver = receiver;
  }

  @Override
  public @Nullable Rpc request() {
    return request;
  }

  @Override
  public boolean takesEvents() {
    return true;
  }

  @Override
  public void event(byte[] message) throws InterruptedException {
    free.acquire();
    if (isOver()) {
      free.release();
      return;
    }
    receiver.onEvents(List.of(wrapped(message)), free::release);
  }

  @Override
  public void answer(byte[] message, UpstreamResult result) throws InterruptedException {
    event(message);
    if (end()) {
      receiver.onStreamEnd();
    }
  }

  @Override
  public void fail(UpstreamResult failure) {
    if (end()) {
      receiver.onFailure(failure);
      // Whoever waits to say something more need not wait for a reader that is gone.
      free.release();
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  private synchronized boolean end() {
    boolean first = !over;
    over = true;
    return first;
  }

  private static StreamEvent wrapped(byte[] message) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream(message.length + 24);
    raw.writeBytes(START);
    for (byte b : message) {
      raw.write(b == '\r' || b == '\n' ? ' ' : b);
    }
    raw.write('\n');
    raw.write('\n');
    return new StreamEvent(raw.toByteArray(), message, false);
  }
}
