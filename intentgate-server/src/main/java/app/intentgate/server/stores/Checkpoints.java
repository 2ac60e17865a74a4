package app.intentgate.server.stores;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.Checkpointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has checkpoints signed while the gate runs, and once more when it stops. */
public final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  private final Checkpointer checkpointer;
  private final @Nullable CheckpointWebhook webhook;
  private final ScheduledThreadPoolExecutor timer;
  private boolean failing;

  /**
   * Starts to sign, every second what is due.
   *
   * @param webhook the one of the checkpointer's copies that takes its time; null for none
   */
  public Checkpoints(Checkpointer checkpointer, @Nullable CheckpointWebhook webhook) {
    this.checkpointer = checkpointer;
    this.webhook = webhook;
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

  /** Signs once more where every chain stands, and waits until that was sent. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      checkpointer.close();
    } catch (RuntimeException e) {
      LOG.warn("the last checkpoints could not be signed: {}", e.toString());
    }
    if (webhook != null) {
      webhook.close();
    }
  }
}
