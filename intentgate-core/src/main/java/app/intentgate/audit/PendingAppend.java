package app.intentgate.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event that waits to become durable. Either the writer takes it or someone withdraws it. */
final class PendingAppend extends CompletableFuture<StoredEvent> {
  private final AuditEvent event;
  private final long deadline;
  private final AtomicBoolean claimed = new AtomicBoolean();

  private volatile boolean overdue;

  PendingAppend(AuditEvent event, long deadline) {
    this.event = event;
    this.deadline = deadline;
  }

  AuditEvent event() {
    return event;
  }

  /** When it has waited long enough, on {@link System#nanoTime}'s clock. */
  long deadline() {
    return deadline;
  }

  /** Marks it as answered, or about to be, because it waited too long. */
  void markOverdue() {
    overdue = true;
  }

  /** Whether it was answered, or is about to be, because it waited too long. */
  boolean isOverdue() {
    return overdue;
  }

  /** Whether its caller still waits. */
  boolean isWanted() {
    return !overdue && !isDone();
  }

  /** Claims it for a batch; false when it was withdrawn. */
  boolean take() {
    return claimed.compareAndSet(false, true);
  }

  /** Keeps it from being written; false when a batch has it already. */
  boolean withdraw() {
    return claimed.compareAndSet(false, true);
  }
}
