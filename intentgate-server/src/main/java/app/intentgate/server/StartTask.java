package app.intentgate.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A part of the start that runs beside the others, on a thread of its own. */
final class StartTask<T> {
  private final CompletableFuture<T> result;

  private StartTask(CompletableFuture<T> result) {
    this.result = result;
  }

  /** Begins it. */
  static <T> StartTask<T> run(Supplier<T> task) {
    return new StartTask<>(
        CompletableFuture.supplyAsync(task, work -> new Thread(work, "intentgate-start").start()));
  }

  /** Waits for what it makes; what it throws is thrown here. */
  T await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** What it makes is not needed any more: it is closed once it is there. */
  void abandon(Consumer<T> close) {
    var unused = result.thenAccept(close);
  }
}
