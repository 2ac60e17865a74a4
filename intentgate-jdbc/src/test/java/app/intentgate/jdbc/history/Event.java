package app.intentgate.jdbc.history;

import org.jspecify.annotations.Nullable;

/**
 * The beginning or the end of an operation, in a list in the order of time from which an operation
 * can be taken out and put back where it was.
 */
final class Event<S> {
  /** Which operation, counted from zero. */
  final int number;

  final Operation<S> operation;

  /** The end that belongs to a beginning; null for an end, and where no answer came. */
  final @Nullable Event<S> end;

  final boolean isEnd;
  private @Nullable Event<S> before;
  @Nullable Event<S> after;

  Event(int number, Operation<S> operation, boolean isEnd, @Nullable Event<S> end) {
    this.number = number;
    this.operation = operation;
    this.isEnd = isEnd;
    this.end = end;
  }

  long at() {
    return isEnd ? operation.ended() : operation.begun();
  }

  /** Makes this one the next of another. */
  void follow(Event<S> previous) {
    before = previous;
    previous.after = this;
  }

  /** Takes a beginning and its end out of the list. */
  void lift() {
    unlink();
    if (end != null) {
      end.unlink();
    }
  }

  /** Puts them back; what was taken out last has to be put back first. */
  void unlift() {
    if (end != null) {
      end.relink();
    }
    relink();
  }

  private void unlink() {
    before.after = after;
    if (after != null) {
      after.before = before;
    }
  }

  private void relink() {
    before.after = this;
    if (after != null) {
      after.before = this;
    }
  }
}
