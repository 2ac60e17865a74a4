package app.intentgate.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Going on after a stage without a hop when it is complete already, as it nearly always is. */
public final class Stages {
  private Stages() {}

  /** Applies a function to a stage's value: at once when it is there. */
  public static <A, B> CompletionStage<B> then(
      CompletionStage<A> stage, Function<? super A, ? extends CompletionStage<B>> next) {
    if (stage instanceof CompletableFuture<A> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      return next.apply(future.join());
    }
    return stage.thenCompose(next);
  }

  /** Maps a stage's value: at once when it is there. */
  public static <A, B> CompletionStage<B> map(
      CompletionStage<A> stage, Function<? super A, ? extends B> next) {
    if (stage instanceof CompletableFuture<A> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      return CompletableFuture.completedFuture(next.apply(future.join()));
    }
    return stage.thenApply(next);
  }

  /** Replaces a failure by a value. */
  public static <A> CompletionStage<A> recover(
      CompletionStage<A> stage, Function<Throwable, ? extends A> handler) {
    if (stage instanceof CompletableFuture<A> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      return stage;
    }
    return stage.exceptionally(failure -> handler.apply(unwrap(failure)));
  }

  /** The failure itself, without the wrapper that futures put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
