package app.intentgate.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Going on after a stage without a hop when it is complete already, as it nearly always is. */
public final class Stages {
  private Stages() {}

  /** Applies a function to a stage's value: at once when it is there. */
  public static <A, B> CompletionStage<B> then(
      CompletionStage<A> stage, Function<? super A, ? extends CompletionStage<B>> next) {
    CompletableFuture<A> there = succeeded(stage);
    return there == null ? stage.thenCompose(next) : next.apply(there.join());
  }

  /** Maps a stage's value: at once when it is there. */
  public static <A, B> CompletionStage<B> map(
      CompletionStage<A> stage, Function<? super A, ? extends B> next) {
    CompletableFuture<A> there = succeeded(stage);
    return there == null
        ? stage.thenApply(next)
        : CompletableFuture.completedFuture(next.apply(there.join()));
  }

  /** Replaces a failure by a value. */
  public static <A> CompletionStage<A> recover(
      CompletionStage<A> stage, Function<Throwable, ? extends A> handler) {
    return succeeded(stage) != null
        ? stage
        : stage.exceptionally(failure -> handler.apply(unwrap(failure)));
  }

  /** Whether a stage is complete already, with a value or a failure. */
  public static boolean isComplete(CompletionStage<?> stage) {
    return stage instanceof CompletableFuture<?> future && future.toCompletableFuture().isDone();
  }

  /**
   * The stage as a future where it has its value already, otherwise null. A minimal stage is a
   * future by its class and refuses to be asked, which the future made of it does not.
   */
  private static <A> @Nullable CompletableFuture<A> succeeded(CompletionStage<A> stage) {
    if (!(stage instanceof CompletableFuture<A> future)) {
      return null;
    }
    CompletableFuture<A> own = future.toCompletableFuture();
    return own.isDone() && !own.isCompletedExceptionally() ? own : null;
  }

  /** The failure itself, without the wrapper that futures put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
