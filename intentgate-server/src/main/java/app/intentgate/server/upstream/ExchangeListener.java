package app.intentgate.server.upstream;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.http.HandOver;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one exchange to its end and tells what came of it, once. */
final class ExchangeListener implements Response.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeListener.class);

  private final @Nullable JsonValue id;
  private final int maxBytes;
  private final UpstreamClient.Listener listener;
  private final Executor executor;
  private final AtomicBoolean told = new AtomicBoolean();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private @Nullable EventStreamAnswer events;
  private long received;
  private UpstreamHead head = UpstreamHead.NONE;

  /**
   * Follows an exchange.
   *
   * @param executor takes large answers, which keep the reading thread for too long
   */
  ExchangeListener(
      @Nullable JsonValue id, int maxBytes, UpstreamClient.Listener listener, Executor executor) {
    this.id = id;
    this.maxBytes = maxBytes;
    this.listener = listener;
    this.executor = executor;
  }

  @Override
  public void onHeaders(Response response) {
    head = UpstreamHead.of(response.getStatus(), response.getHeaders());
    if (head.isStream()) {
      events = new EventStreamAnswer(id, listener::onServerRequest);
    }
    if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > maxBytes) {
      stop(response, new TooMuch());
    }
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    received += content.remaining();
    if (received > maxBytes) {
      stop(response, new TooMuch());
      return;
    }
    EventStreamAnswer stream = events;
    if (stream == null) {
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      body.write(bytes, 0, bytes.length);
      return;
    }
    JsonObject answer = stream.feed(content);
    if (answer != null) {
      tell(AnswerReader.message(response.getStatus(), received, answer));
      stop(response, new GivenUp());
    }
  }

  @Override
  public void onComplete(Result result) {
    if (HandOver.isLarge(body.size())) {
      executor.execute(() -> finish(result));
    } else {
      finish(result);
    }
  }

  private void finish(Result result) {
    Throwable failure = result.getFailure();
    int status = result.getResponse().getStatus();
    if (failure == null) {
      tell(complete(status));
    } else if (failure instanceof TooMuch) {
      tell(new UpstreamResult.TooLarge(status));
    } else if (failure instanceof TimeoutException) {
      if (tell(new UpstreamResult.TimedOut(status))) {
        LOG.warn("upstream: no answer in time");
      }
    } else if (tell(new UpstreamResult.Broken(status)) && !(failure instanceof GivenUp)) {
      LOG.warn("upstream: {}", String.valueOf(failure));
    }
  }

  private UpstreamResult complete(int status) {
    if (events != null) {
      return status >= 400
          ? new UpstreamResult.HttpError(status, false)
          : new UpstreamResult.Unusable(
              status, received, "the event stream ended without the answer");
    }
    return AnswerReader.read(status, body.toByteArray());
  }

  private static void stop(Response response, RuntimeException why) {
    // Whether there was something left to stop does not matter.
    var unused = response.abort(why);
  }

  private boolean tell(UpstreamResult result) {
    boolean first = told.compareAndSet(false, true);
    if (first) {
      listener.onResult(result, head);
    }
    return first;
  }

  /** The answer is larger than permitted. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("the answer is too large", null, false, false);
    }
  }

  /** Nobody waits for the rest any more. */
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("given up", null, false, false);
    }
  }
}
