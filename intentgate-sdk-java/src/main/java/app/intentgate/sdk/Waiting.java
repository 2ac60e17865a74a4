package app.intentgate.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waits for what goes on elsewhere. */
final class Waiting {
  private Waiting() {}

  /** The value of a future, or its failure, with the stack of who waits. */
  static <T> T on(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransportError(Failure.of("interrupted while waiting for the gate", true, e));
    } catch (ExecutionException e) {
      Throwable cause = unwrap(e);
      if (cause instanceof IntentGateException known) {
        // Thrown here, made on a thread of the client: the stack of the caller says more.
        throw (IntentGateException) known.fillInStackTrace();
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new TransportError(Failure.of("the call failed", true, cause));
    }
  }

  /** What a failure was before futures wrapped it. */
  static Throwable unwrap(Throwable failure) {
    Throwable at = failure;
    while ((at instanceof CompletionException || at instanceof ExecutionException)
        && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
