package app.intentgate.audit;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a batch that is being written is still wanted: either its committer enters the step that
 * makes it durable, or it is withdrawn because a caller has waited too long; never both.
 * Thread-safe.
 */
public final class BatchClaim {
  private enum State {
    OPEN,
    COMMITTING,
    WITHDRAWN
  }

  private final List<PendingAppend> batch;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  BatchClaim(List<PendingAppend> batch) {
    this.batch = batch;
  }

  /** Whether nobody has given the batch up: while this holds, trying again makes sense. */
  public boolean isOpen() {
    return state.get() == State.OPEN;
  }

  /**
   * To be called right before what makes the batch durable. False when it is no longer wanted:
   * nothing of it may then become durable, and the committer throws whatever it likes.
   */
  public boolean enter() {
    if (!state.compareAndSet(State.OPEN, State.COMMITTING)) {
      return false;
    }
    // One may have been answered as overdue by way of an earlier claim on it.
    if (batch.stream().noneMatch(PendingAppend::isOverdue)) {
      return true;
    }
    state.set(State.WITHDRAWN);
    return false;
  }

  /** To be called when that step failed for certain, and nothing became durable. */
  public void leave() {
    boolean wanted = batch.stream().allMatch(PendingAppend::isWanted);
    state.compareAndSet(State.COMMITTING, wanted ? State.OPEN : State.WITHDRAWN);
  }

  /**
   * Gives the batch up if one of it has waited too long and nothing has begun; says whether one
   * has.
   */
  boolean withdrawIfOverdue(long now) {
    boolean overdue = false;
    for (PendingAppend append : batch) {
      if (!append.isDone() && append.deadline() - now <= 0) {
        append.markOverdue();
        overdue = true;
      }
    }
    if (overdue) {
      state.compareAndSet(State.OPEN, State.WITHDRAWN);
    }
    return overdue;
  }

  boolean isWithdrawn() {
    return state.get() == State.WITHDRAWN;
  }

  List<PendingAppend> batch() {
    return batch;
  }

  /** Those whose callers still wait. */
  List<PendingAppend> unanswered() {
    return batch.stream().filter(PendingAppend::isWanted).toList();
  }
}
