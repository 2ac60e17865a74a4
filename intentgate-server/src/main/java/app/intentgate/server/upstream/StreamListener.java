package app.intentgate.server.upstream;

import app.intentgate.server.http.HandOver;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows an exchange whose answer may be an event stream, and hands it on event by event: the next
 * bytes are read when the last events were taken. The exchange's time limit counts until a stream
 * begins, or until the end of an answer that is none.
 */
final class StreamListener
    implements Response.HeadersListener, Response.AsyncContentListener, Response.CompleteListener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamListener.class);

  private final int maxBytes;
  private final UpstreamReceiver receiver;
  private final Executor executor;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private UpstreamHead head = UpstreamHead.NONE;
  private @Nullable EventSplitter splitter;
  private volatile Scheduler.@Nullable Task limit;

  /**
   * Follows an exchange.
   *
   * @param executor takes large answers, which keep the reading thread for too long
   */
  StreamListener(int maxBytes, UpstreamReceiver receiver, Executor executor) {
    this.maxBytes = maxBytes;
    this.receiver = receiver;
    this.executor = executor;
  }

  /** Sets what ends the exchange when nothing came in time. */
  void limit(Scheduler.Task task) {
    limit = task;
    if (ended.get()) {
      task.cancel();
    }
  }

  @Override
  public void onHeaders(Response response) {
    head = UpstreamHead.of(response.getStatus(), response.getHeaders());
    if (response.getStatus() < 300 && head.isStream()) {
      noLimit();
      splitter = new EventSplitter(maxBytes);
      receiver.onStream(head);
    } else if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > maxBytes) {
      stop(response, new ExchangeListener.TooMuch());
    }
  }

  @Override
  public void onContent(Response response, Content.Chunk chunk, Runnable demander) {
    ByteBuffer bytes = chunk.getByteBuffer();
    EventSplitter events = splitter;
    if (events == null) {
      if (body.size() + bytes.remaining() > maxBytes) {
        stop(response, new ExchangeListener.TooMuch());
        return;
      }
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      body.writeBytes(copy);
      demander.run();
      return;
    }
    List<StreamEvent> complete;
    try {
      complete = events.feed(bytes);
    } catch (EventSplitter.TooLargeException e) {
      stop(response, new ExchangeListener.TooMuch());
      return;
    }
    if (complete.isEmpty()) {
      demander.run();
    } else {
      receiver.onEvents(complete, demander);
    }
  }

  @Override
  public void onComplete(Result result) {
    noLimit();
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Throwable failure = result.getFailure();
    int status = head.status();
    if (failure == null) {
      if (splitter == null) {
        answered(body.toByteArray());
      } else {
        receiver.onStreamEnd();
      }
    } else if (failure instanceof ExchangeListener.TooMuch) {
      receiver.onFailure(new UpstreamResult.TooLarge(status));
    } else if (failure instanceof TimeoutException) {
      LOG.warn("upstream: no answer in time");
      receiver.onFailure(new UpstreamResult.TimedOut(status));
    } else {
      if (!(failure instanceof ExchangeListener.GivenUp)) {
        LOG.warn("upstream: {}", String.valueOf(failure));
      }
      receiver.onFailure(new UpstreamResult.Broken(status));
    }
  }

  private void answered(byte[] answer) {
    if (HandOver.isLarge(answer.length)) {
      executor.execute(() -> receiver.onAnswer(head, answer));
    } else {
      receiver.onAnswer(head, answer);
    }
  }

  private void noLimit() {
    Scheduler.Task task = limit;
    if (task != null) {
      task.cancel();
    }
  }

  private static void stop(Response response, RuntimeException why) {
    // Whether there was something left to stop does not matter.
    var unused = response.abort(why);
  }
}
