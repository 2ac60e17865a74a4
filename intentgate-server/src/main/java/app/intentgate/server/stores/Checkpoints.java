package app.intentgate.server.stores;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.Checkpointer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has checkpoints signed while the gate runs, and once more when it stops. */
public final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Checkpointer checkpointer;
  private final ScheduledThreadPoolExecutor timer;
  private boolean failing;

  /** Starts to sign, every second what is due. */
  public Checkpoints(Checkpointer checkpointer) {
    this.checkpointer = checkpointer;
    this.timer = new ScheduledThreadPoolExecutor(1, Checkpoints::daemon);
    var unused = timer.scheduleWithFixedDelay(this::run, 1, 1, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-checkpoints");
    thread.setDaemon(true);
    return thread;
  }

  /** What signs. */
  public Checkpointer checkpointer() {
    return checkpointer;
  }

  /** One line when signing begins to fail, and one when it works again. */
  private void run() {
    try {
      checkpointer.run();
      if (failing) {
        LOG.info("checkpoints are signed again");
        failing = false;
      }
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn("checkpoints cannot be signed now: {}", e.toString());
        failing = true;
      }
    }
  }

  /** A copy of every checkpoint at the end of a file. */
  public static Consumer<Checkpoint> toFile(Path file) {
    return checkpoint -> {
      try {
        Files.writeString(
            file,
            checkpoint.note() + "\n",
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND,
            StandardOpenOption.SYNC);
      } catch (IOException e) {
        LOG.warn("a checkpoint could not be copied to {}: {}", file, e.toString());
      }
    };
  }

  /** A copy of every checkpoint sent to somebody. */
  public static Consumer<Checkpoint> toUrl(URI url) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return checkpoint -> {
      // What became of it is told to the log.
      var unused =
          client
              .sendAsync(
                  HttpRequest.newBuilder(url)
                      .timeout(PATIENCE)
                      .header("Content-Type", "text/plain; charset=utf-8")
                      .POST(HttpRequest.BodyPublishers.ofString(checkpoint.note()))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .whenComplete(
                  (response, failure) -> {
                    if (failure != null || response.statusCode() >= 300) {
                      LOG.warn(
                          "a checkpoint could not be sent: {}",
                          failure != null ? failure.toString() : response.statusCode());
                    }
                  });
    };
  }

  /** Signs once more where every chain stands. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      checkpointer.close();
    } catch (RuntimeException e) {
      LOG.warn("the last checkpoints could not be signed: {}", e.toString());
    }
  }
}
