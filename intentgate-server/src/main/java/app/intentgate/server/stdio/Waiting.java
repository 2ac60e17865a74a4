package app.intentgate.server.stdio;

import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Whoever waits for an answer of the child. Thread-safe; what comes after the end is left out. */
interface Waiting {
  /** The request, or null for a stream that answers none. */
  @Nullable Rpc request();

  /** The method of the request; empty when there is none. */
  default String method() {
    Rpc request = request();
    return request == null ? "" : request.method();
  }

  /** The answer came. */
  void answer(byte[] message, UpstreamResult result) throws InterruptedException;

  /** No answer will come. */
  void fail(UpstreamResult failure);

  /** Whether it takes messages that are not the answer. */
  default boolean takesEvents() {
    return false;
  }

  /** Takes a message that is not the answer; waits until it went out. */
  default void event(byte[] message) throws InterruptedException {}

  /** A caller that waits for the answer alone. */
  final class ForAnswer implements Waiting {
    private final @Nullable Rpc request;
    private final UpstreamHead head;
    private final UpstreamClient.Listener listener;
    private final AtomicBoolean told = new AtomicBoolean();

    ForAnswer(@Nullable Rpc request, UpstreamHead head, UpstreamClient.Listener listener) {
      this.request = request;
      this.head = head;
      this.listener = listener;
    }

    @Override
    public @Nullable Rpc request() {
      return request;
    }

    @Override
    public void answer(byte[] message, UpstreamResult result) {
      tell(result, head);
    }

    @Override
    public void fail(UpstreamResult failure) {
      tell(failure, UpstreamHead.NONE);
    }

    private void tell(UpstreamResult result, UpstreamHead with) {
      if (told.compareAndSet(false, true)) {
        listener.onResult(result, with);
      }
    }
  }
}
