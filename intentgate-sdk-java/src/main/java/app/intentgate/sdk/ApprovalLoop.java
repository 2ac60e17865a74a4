package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.sdk.http.HttpSender;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One call, made again until a person has decided about it, and never once it may have run. */
final class ApprovalLoop {
  /** Time enough for a call that is not held, however little patience there is. */
  private static final long LEAST = TimeUnit.SECONDS.toNanos(10);

  private final GateClient gate;
  private final String tool;
  private final JsonObject arguments;
  private final CallOptions ask;
  private final ApprovalWait wait;
  private final long deadline;
  private final CompletableFuture<ToolResult> outcome = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<ToolResult> current;
  private volatile @Nullable ApprovalPending last;

  ApprovalLoop(
      GateClient gate, String tool, JsonObject arguments, CallOptions options, ApprovalWait wait) {
    this.ask = options;
    this.gate = gate;
    this.tool = tool;
    this.arguments = arguments;
    this.wait = wait;
    this.deadline = System.nanoTime() + HttpSender.nanos(wait.atMost());
  }

  /** Makes the call; cancelling the future cancels the call that is under way. */
  CompletableFuture<ToolResult> start() {
    call(ask);
    var unused = outcome.whenComplete((done, failure) -> cancelCurrent());
    return outcome;
  }

  private void cancelCurrent() {
    CompletableFuture<ToolResult> running = current;
    if (running != null) {
      running.cancel(true);
    }
  }

  private void call(CallOptions options) {
    if (outcome.isDone()) {
      return;
    }
    try {
      CompletableFuture<ToolResult> call =
          gate instanceof HeldCalls held
              ? held.callAsync(tool, arguments, inTime(options), this::tell)
              : gate.callAsync(tool, arguments, options);
      current = call;
      if (outcome.isDone()) {
        cancelCurrent(); // Who ended it meanwhile may not have seen this call.
      }
      var unused = call.whenComplete((result, failure) -> next(result, failure));
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  /** A call that is held ends with the patience, unless it has a time-out of its own. */
  private CallOptions inTime(CallOptions options) {
    long left = Math.max(LEAST, deadline - System.nanoTime());
    return options.timeout() != null ? options : options.timeout(Duration.ofNanos(left));
  }

  private void next(ToolResult result, @Nullable Throwable failure) {
    if (failure == null) {
      outcome.complete(result);
      return;
    }
    Throwable cause = Waiting.unwrap(failure);
    ApprovalPending known = last;
    if (cause instanceof ApprovalPending pending) {
      if (tell(pending)) {
        again(ask.resuming(pending.pendingId()), pending);
      }
    } else if (known != null
        && (cause instanceof TransportError || cause instanceof GateUnavailable)) {
      lost(known, (IntentGateException) cause);
    } else {
      outcome.completeExceptionally(cause);
    }
  }

  /**
   * Goes on without an answer only where the call certainly did not run. Its id does not keep it
   * from running twice: a standing grant is good for many calls, and a policy that has changed
   * since may ask for no approval at all.
   */
  private void lost(ApprovalPending known, IntentGateException failure) {
    if (!failure.mayHaveRun()) {
      again(ask.resuming(known.pendingId()), known);
    } else if (failure.getCause() instanceof TimeoutException && isTimeUp()) {
      outcome.completeExceptionally(known.unanswered(failure));
    } else {
      outcome.completeExceptionally(failure);
    }
  }

  /** Tells once; false when that ended the waiting. */
  private boolean tell(ApprovalPending pending) {
    boolean first = last == null;
    last = pending;
    try {
      if (first) {
        wait.onPending().accept(pending);
      }
      return true;
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
      return false;
    }
  }

  /** Makes the call again after a while, or ends with what it waits as when the time is up. */
  private void again(CallOptions next, ApprovalPending pending) {
    if (isTimeUp()) {
      outcome.completeExceptionally(pending);
      return;
    }
    CompletableFuture.delayedExecutor(HttpSender.nanos(wait.askEvery()), TimeUnit.NANOSECONDS)
        .execute(() -> call(next));
  }

  /** Whether there is no time to ask once more. */
  private boolean isTimeUp() {
    return deadline - System.nanoTime() < HttpSender.nanos(wait.askEvery());
  }
}
