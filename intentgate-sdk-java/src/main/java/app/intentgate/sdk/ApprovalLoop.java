package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call, made again until a person has decided about it. */
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
  private volatile @Nullable IntentGateException lost;

  ApprovalLoop(
      GateClient gate, String tool, JsonObject arguments, CallOptions options, ApprovalWait wait) {
    this.ask = options;
    this.gate = gate;
    this.tool = tool;
    this.arguments = arguments;
    this.wait = wait;
    this.deadline = System.nanoTime() + wait.atMost().toNanos();
  }

  CompletableFuture<ToolResult> start() {
    call(ask);
    return outcome.whenComplete((done, failure) -> cancelCurrent());
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
      // An approval is good for one call: asking again by its id makes none twice.
      IntentGateException e = (IntentGateException) cause;
      lost = e.mayHaveRun() ? e : lost;
      again(ask.resuming(known.pendingId()), known);
    } else {
      boolean used = lost != null && cause instanceof ApprovalExpired;
      outcome.completeExceptionally(used ? lost : cause);
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
    long pause = wait.askEvery().toNanos();
    if (deadline - System.nanoTime() < pause) {
      outcome.completeExceptionally(pending);
      return;
    }
    CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS).execute(() -> call(next));
  }
}
