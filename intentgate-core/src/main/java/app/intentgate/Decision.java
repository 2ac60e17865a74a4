package app.intentgate;

import app.intentgate.audit.AuditEvent;
import app.intentgate.check.Judgement;
import app.intentgate.check.Refusal;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decided about one call. It is on the audit chain already. Thread-safe.
 *
 * <p>Either look at {@link #allowed()}, or tell the three cases apart by type; there are no others.
 */
public sealed interface Decision {
  /** What the gate knows of every decided call. */
  Facts facts();

  /** Whether the call may be made now. */
  default boolean allowed() {
    return this instanceof Allow;
  }

  /** The id all events of this call share. */
  default String callId() {
    return facts().callId();
  }

  /** The hash of the policy that decided, or would have; null when the token did not verify. */
  default @Nullable String policySha256() {
    return facts().policySha256();
  }

  /** Why, in words the agent may read; may be empty when a policy gave no reason. */
  String reason();

  /** What a client of the wire contract is told: {@code policy check failed}, for example. */
  String message();

  /** The wire's code of a refusal or a waiting call; 0 when allowed. */
  int code();

  /**
   * Runs the tool when the call is allowed, and records how that went; returns without running it
   * otherwise. Runs on this thread, and again each time it is asked to: ask once. The tool has
   * ended when it returns; one that answers later is not run by this, but by hand, and what became
   * of it said with {@link Allow#report}.
   *
   * @throws ToolFailedException when the tool throws a checked exception; an unchecked one, and an
   *     error, is thrown on
   */
  default <T extends @Nullable Object> CallResult<T> ifAllowed(Callable<? extends T> tool) {
    return this instanceof Allow allow ? CallResult.run(allow, tool) : CallResult.refused(this);
  }

  /** Runs the tool when the call is allowed, see {@link #ifAllowed(Callable)}. */
  default CallResult<@Nullable Void> ifAllowed(Runnable tool) {
    return this.<@Nullable Void>ifAllowed(
        () -> {
          tool.run();
          return null;
        });
  }

  /**
   * What is known of a decided call.
   *
   * @param callId the id all its events share
   * @param tenant the verified token's tenant, or empty
   * @param agentId the verified token's subject, or empty
   * @param policySha256 the hash of the policy that decided or would have, or null
   * @param latencyNanos from the call's arrival at the gate to the decision
   */
  record Facts(
      String callId,
      String tenant,
      String agentId,
      @Nullable String policySha256,
      long latencyNanos) {}

  /** All checks passed. Say how the call went with one of the three methods, once. */
  final class Allow implements Decision {
    private final Facts facts;
    private final String reason;
    private final Outcomes outcomes;
    private final Arrival arrival;
    private final Judgement judgement;
    private final AtomicBoolean reported = new AtomicBoolean();

    Allow(Facts facts, String reason, Outcomes outcomes, Arrival arrival, Judgement judgement) {
      this.facts = facts;
      this.reason = reason;
      this.outcomes = outcomes;
      this.arrival = arrival;
      this.judgement = judgement;
    }

    @Override
    public Facts facts() {
      return facts;
    }

    @Override
    public String reason() {
      return reason;
    }

    @Override
    public String message() {
      return "allowed";
    }

    @Override
    public int code() {
      return 0;
    }

    /**
     * Records that the tool answered. Never blocks; that it cannot be stored goes to the log only.
     *
     * @param status the HTTP status it answered with, or 0 where there is none
     * @param bytes the size of its answer, or 0 where that is not known
     */
    public void completed(int status, long bytes) {
      report(CallOutcome.answered(status, bytes));
    }

    /** Records that the tool failed, as {@link #completed} does; of the failure, its type alone. */
    public void failed(Throwable failure) {
      report(CallOutcome.failed(failure.getClass().getSimpleName(), 0, 0, 0));
    }

    /**
     * The call's outcome event as it would be had the tool answered nothing, now and here: for
     * handing the call over to whoever records its outcome instead.
     */
    public AuditEvent draft() {
      return outcomes.event(arrival, judgement, CallOutcome.answered(0, 0));
    }

    /**
     * Records what became of the call; of several reports the first counts. Never blocks; that it
     * cannot be stored goes to the log only.
     */
    public void report(CallOutcome outcome) {
      if (reported.compareAndSet(false, true)) {
        outcomes.record(arrival, judgement, outcome);
      }
    }
  }

  /**
   * A check refused the call.
   *
   * @param facts what is known of the call
   * @param refusal which check, and why
   */
  record Deny(Facts facts, Refusal refusal) implements Decision {
    @Override
    public String reason() {
      return refusal.reason();
    }

    @Override
    public String message() {
      return refusal.code().message();
    }

    @Override
    public int code() {
      return refusal.code().code();
    }
  }

  /**
   * A human must agree first. Once that happened, {@linkplain ToolCall#resuming
   * call.resuming(pendingId)} on exactly the same call - token, person, tool, arguments - is judged
   * again and goes through by it, once unless the policy offers more; without the id the same call
   * meets the same row.
   *
   * @param facts what is known of the call
   * @param reason why the policy wants a human
   * @param pendingId the approval that is waited for
   */
  record Escalate(Facts facts, String reason, String pendingId) implements Decision {
    /** The wire's code of a call that waits. */
    public static final int CODE = -32019;

    @Override
    public String message() {
      return "approval pending";
    }

    @Override
    public int code() {
      return CODE;
    }
  }
}
