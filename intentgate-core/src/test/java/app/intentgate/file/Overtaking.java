package app.intentgate.file;

import static app.intentgate.testing.Eventually.until;

import app.intentgate.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A log whose next line another thread tries to overtake: the line is taken only once what that
 * thread does is done, or waits for a lock.
 */
final class Overtaking implements Function<JsonObject, CompletionStage<Void>> {
  private final List<JsonObject> lines = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
  private @Nullable Thread overtaking;

  /** What another thread does when the next line comes. */
  void with(Runnable step) {
    next.set(step);
  }

  @Override
  public CompletionStage<Void> apply(JsonObject line) {
    Runnable step = next.getAndSet(null);
    if (step != null) {
      Thread other = new Thread(step, "overtaking");
      other.start();
      until(() -> !other.isAlive() || other.getState() == Thread.State.BLOCKED);
      overtaking = other;
    }
    lines.add(line);
    return CompletableFuture.completedFuture(null);
  }

  /** The lines in the order they came, once the other thread is done. */
  List<JsonObject> lines() {
    Thread other = overtaking;
    until(() -> other == null || !other.isAlive());
    return List.copyOf(lines);
  }
}
