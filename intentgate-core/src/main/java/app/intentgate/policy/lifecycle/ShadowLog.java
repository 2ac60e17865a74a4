package app.intentgate.policy.lifecycle;

import app.intentgate.json.JsonObject;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.PolicyException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What policies in shadow said beside those in force, on this gate: counts, and the newest hundred
 * differences. They are evaluated on a thread of their own; when it cannot keep up, calls are left
 * out and counted, and no call ever waits. Thread-safe.
 */
public final class ShadowLog implements AutoCloseable {
  private static final int MAX_WAITING = 256;
  private static final int KEPT = 100;

  private final Clock clock;
  private final Map<String, Shadowed> running = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), ShadowLog::daemon);

  /** An empty log. */
  public ShadowLog(Clock clock) {
    this.clock = clock;
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-shadow");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * One call on which two policies differ.
   *
   * @param at when
   * @param tool the tool
   * @param agentId the agent; may be empty
   * @param active what the policy in force said: {@code allow}, {@code block}, {@code escalate} or
   *     {@code error}
   * @param activeReason why
   * @param shadow what the one in shadow said
   * @param shadowReason why
   */
  public record Difference(
      Instant at,
      String tool,
      String agentId,
      String active,
      String activeReason,
      String shadow,
      String shadowReason) {}

  /**
   * How a shadow is doing.
   *
   * @param shadow what runs
   * @param problem why it does not, or null
   * @param compared how many calls it was evaluated on
   * @param different on how many of these it differed
   * @param skipped how many were left out because too many waited
   * @param differences the newest ones, newest first
   */
  public record Report(
      PolicyShadow shadow,
      @Nullable String problem,
      long compared,
      long different,
      long skipped,
      List<Difference> differences) {}

  /** How the shadow of a tenant is doing; empty when it has none on this gate. */
  public Optional<Report> report(String tenant) {
    return Optional.ofNullable(running.get(tenant)).map(Shadowed::report);
  }

  /** Begins a shadow, or goes on with it when it runs already. */
  Shadowed begin(String tenant, PolicyShadow shadow, PolicyEngine engine) {
    return running.compute(
        tenant,
        (t, old) ->
            old != null && old.shadow.equals(shadow) && old.engine != null
                ? old
                : new Shadowed(shadow, engine, null));
  }

  void fail(String tenant, PolicyShadow shadow, RuntimeException failure) {
    running.put(tenant, new Shadowed(shadow, null, String.valueOf(failure.getMessage())));
  }

  void end(String tenant) {
    running.remove(tenant);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** A shadow that runs. */
  final class Shadowed {
    private final PolicyShadow shadow;
    private final @Nullable PolicyEngine engine;
    private final @Nullable String problem;
    private final AtomicLong skipped = new AtomicLong();
    private long compared;
    private long different;
    private final Deque<Difference> newest = new ArrayDeque<>();

    private Shadowed(PolicyShadow shadow, @Nullable PolicyEngine engine, @Nullable String problem) {
      this.shadow = shadow;
      this.engine = engine;
      this.problem = problem;
    }

    /**
     * Evaluates the shadow on a call, later.
     *
     * @param decision what the policy in force said; null when it gave no decision
     */
    void compare(JsonObject input, @Nullable PolicyDecision decision) {
      try {
        thread.execute(() -> evaluate(input, decision));
      } catch (RejectedExecutionException e) {
        skipped.incrementAndGet();
      }
    }

    private void evaluate(JsonObject input, @Nullable PolicyDecision decision) {
      PolicyEngine candidate = engine;
      if (candidate == null) {
        return;
      }
      String word;
      String reason;
      try {
        PolicyDecision found = candidate.evaluate(input);
        word = word(found);
        reason = found.reason();
      } catch (PolicyException e) {
        word = "error";
        reason = String.valueOf(e.getMessage());
      }
      String active = decision == null ? "error" : word(decision);
      synchronized (this) {
        compared++;
        if (!word.equals(active)) {
          different++;
          newest.addFirst(
              new Difference(
                  clock.instant(),
                  text(input, "tool"),
                  text(input, "agent_id"),
                  active,
                  decision == null ? "" : decision.reason(),
                  word,
                  reason));
          if (newest.size() > KEPT) {
            newest.removeLast();
          }
        }
      }
    }

    private synchronized Report report() {
      return new Report(
          shadow,
          problem,
          compared,
          different,
          skipped.get(),
          Collections.unmodifiableList(new ArrayList<>(newest)));
    }
  }

  private static String text(JsonObject input, String name) {
    var value = input.get(name);
    String text = value == null ? null : value.asText();
    return text == null ? "" : text;
  }

  private static String word(PolicyDecision decision) {
    return decision.escalate() ? "escalate" : decision.allow() ? "allow" : "block";
  }
}
