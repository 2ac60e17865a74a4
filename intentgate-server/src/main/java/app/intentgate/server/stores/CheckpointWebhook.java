package app.intentgate.server.stores;

import app.intentgate.audit.checkpoint.Checkpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a copy of every checkpoint to somebody, as the text of its signed note. Thread-safe. */
public final class CheckpointWebhook implements Consumer<Checkpoint>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointWebhook.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 100;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final Map<Long, CompletableFuture<?>> sending = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final URI url;

  /** Sends to a URL by POST. */
  public CheckpointWebhook(URI url) {
    this.url = url;
  }

  /** Returns at once; what became of it is told to the log. */
  @Override
  public void accept(Checkpoint checkpoint) {
    if (sending.size() >= MOST_AT_ONCE) {
      LOG.warn("a checkpoint was not sent: {} before it wait for an answer", MOST_AT_ONCE);
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(checkpoint.note()))
            .build();
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    long number = next.incrementAndGet();
    sending.put(number, sent);
    var unused =
        sent.whenComplete(
            (response, failure) -> {
              sending.remove(number);
              if (failure != null || response.statusCode() >= 300) {
                LOG.warn(
                    "a checkpoint could not be sent: {}",
                    failure != null ? failure.toString() : response.statusCode());
              }
            });
  }

  /** Waits for what is being sent, for as long as one may take. */
  @Override
  public void close() {
    try {
      CompletableFuture.allOf(sending.values().toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("a last checkpoint was not sent", e);
    }
  }
}
