package app.intentgate.sdk.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a body a piece at a time, and lets go of the connection as soon as it has enough. */
abstract class BoundedBody implements BodySubscriber<byte[]> {
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  /** Takes the next piece; completes the body to end early. */
  abstract void take(byte[] piece);

  /** Completes the body with what was there when the stream ended. */
  abstract void end();

  void complete(byte[] bytes) {
    if (body.complete(bytes)) {
      cancel();
    }
  }

  void fail(Throwable failure) {
    if (body.completeExceptionally(failure)) {
      cancel();
    }
  }

  private void cancel() {
    Subscription s = subscription;
    if (s != null) {
      s.cancel();
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription s) {
    subscription = s;
    s.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      if (!body.isDone()) {
        take(bytes);
      }
    }
    Subscription s = subscription;
    if (s != null && !body.isDone()) {
      s.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (!body.isDone()) {
      end();
    }
  }
}
