package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call, made again until a person has decided about it. */
final class ApprovalLoop {
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
      CompletableFuture<ToolResult> call = gate.callAsync(tool, arguments, options);
      current = call;
      var unused = call.whenComplete((result, failure) -> next(options, result, failure));
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private void next(CallOptions options, ToolResult result, @Nullable Throwable failure) {
    if (failure == null) {
      outcome.complete(result);
      return;
    }
    Throwable cause = Waiting.unwrap(failure);
    if (cause instanceof ApprovalPending pending) {
      waits(pending);
    } else if (last != null
        && cause instanceof IntentGateException e
        && !e.isDenial()
        && !e.mayHaveRun()) {
      // A gate that is away for a moment ends no approval.
      again(options, last);
    } else {
      outcome.completeExceptionally(cause);
    }
  }

  private void waits(ApprovalPending pending) {
    boolean first = last == null;
    last = pending;
    try {
      if (first) {
        wait.onPending().accept(pending);
      }
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
      return;
    }
    again(ask.resuming(pending.pendingId()), pending);
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
