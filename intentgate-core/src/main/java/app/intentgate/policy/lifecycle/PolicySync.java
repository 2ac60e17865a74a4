package app.intentgate.policy.lifecycle;

import app.intentgate.policy.ActivePolicies;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.lifecycle.PolicyStore.Watch;
import app.intentgate.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings the policies in force on this gate to what the store's slots say (B21): by level, not by
 * edge, on every notification and every two seconds, one tenant after the other, none in another's
 * way. Thread-safe.
 */
final class PolicySync implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PolicySync.class.getName());
  private static final long PERIOD_MILLIS = 2_000;
  private static final Duration ALIVE = Duration.ofSeconds(6);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final long POLL_MILLIS = 20;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * How long a policy that the store does not give keeps this gate from being up to date. Three
   * rounds: a row that is broken for good must not stop the calls of other tenants.
   */
  private static final long UNREAD_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PolicyStore store;
  private final ActivePolicies policies;
  private final PolicyLoader loader;
  private final String gateId;
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, Long> news = new HashMap<>();
  private final Map<String, Long> unread = new HashMap<>();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(PolicySync::daemon);
  private final Watch watch;

  /** What became of a version of a slot: a failure is tried again, but not every time. */
  private record Loaded(long version, boolean good, long atNanos) {}

  private PolicySync(
      PolicyStore store, ActivePolicies policies, PolicyLoader loader, String gateId) {
    this.store = store;
    this.policies = policies;
    this.loader = loader;
    this.gateId = gateId;
    this.watch = store.watch(tenant -> soon());
  }

  /**
   * Loads what is wanted now, and keeps doing so until it is closed. A policy that cannot be loaded
   * does not fail the start: its tenant's calls are refused until it can be.
   *
   * @param gateId this gate's name among the others
   * @throws app.intentgate.store.StoreUnavailableException when the store does not say what is
   *     wanted: nobody may be judged by a policy that perhaps is not
   */
  static PolicySync start(
      PolicyStore store, ActivePolicies policies, PolicyLoader loader, String gateId) {
    PolicySync sync = new PolicySync(store, policies, loader, gateId);
    try {
      sync.readAll();
    } catch (RuntimeException e) {
      sync.close();
      throw e;
    }
    // It runs until the thread stops.
    var unused =
        sync.thread.scheduleWithFixedDelay(
            sync::converge, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return sync;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-policies");
    thread.setDaemon(true);
    return thread;
  }

  /** Converges on its own thread as soon as it can; several wishes are one. */
  private void soon() {
    if (wanted.compareAndSet(false, true)) {
      try {
        thread.execute(
            () -> {
              wanted.set(false);
              converge();
            });
      } catch (RejectedExecutionException e) {
        LOG.log(Level.DEBUG, "policies changed while the gate was closing");
      }
    }
  }

  private void converge() {
    try {
      readAll();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, "policies cannot be compared with the store; they stay as they are", e);
    }
  }

  private void readAll() {
    long told = watch.told();
    for (PolicySlot slot : store.slots()) {
      load(slot);
    }
    if (allRead()) {
      watch.applied(told);
    }
    beat();
  }

  private synchronized boolean allRead() {
    long now = System.nanoTime();
    return unread.values().stream().allMatch(since -> now - since > UNREAD_NANOS);
  }

  private void beat() {
    Map<String, Long> said;
    synchronized (this) {
      said = Map.copyOf(news);
      news.clear();
    }
    try {
      store.beat(gateId, said);
    } catch (RuntimeException e) {
      synchronized (this) {
        said.forEach(news::putIfAbsent);
      }
      throw e;
    }
  }

  /**
   * Puts what a slot says in force, unless what it said later is already.
   *
   * @return whether calls that start from now on are decided by this version of the slot or a later
   *     one
   */
  synchronized boolean load(PolicySlot slot) {
    Loaded before = loaded.get(slot.tenant());
    if (before != null && before.version() > slot.version()) {
      return before.good();
    }
    if (before != null
        && before.version() == slot.version()
        && (before.good() || System.nanoTime() - before.atNanos() < RETRY_NANOS)) {
      return before.good();
    }
    boolean good = true;
    try {
      policies.swap(slot.tenant(), loader.engine(slot));
      unread.remove(slot.tenant());
    } catch (StoreUnavailableException e) {
      // Perhaps not the policy's fault, and over soon: the next time looks again.
      unread.putIfAbsent(slot.tenant(), System.nanoTime());
      refuseUnlessLoaded(slot, before, e);
      return false;
    } catch (RuntimeException e) {
      unread.remove(slot.tenant());
      good = false;
      refuseUnlessLoaded(slot, before, e);
    }
    loaded.put(slot.tenant(), new Loaded(slot.version(), good, System.nanoTime()));
    if (good) {
      news.put(slot.tenant(), slot.version());
    }
    return good;
  }

  private void refuseUnlessLoaded(
      PolicySlot slot, @Nullable Loaded before, RuntimeException failure) {
    LOG.log(
        Level.ERROR,
        "the policy of tenant \""
            + slot.tenant()
            + "\" cannot be loaded; "
            + (before == null ? "its calls are refused" : "the one before it stays in force"),
        failure);
    if (before == null) {
      policies.swap(slot.tenant(), new UnloadablePolicy(slot));
    }
  }

  /** The other gates that have not loaded a version of a slot, after a second at the most. */
  List<String> notLoaded(PolicySlot slot) {
    long end = System.nanoTime() + WAIT.toNanos();
    while (true) {
      List<String> behind = new ArrayList<>();
      for (GateState gate : store.gates(slot.tenant(), ALIVE)) {
        if (!gate.gateId().equals(gateId) && gate.version() < slot.version()) {
          behind.add(gate.gateId());
        }
      }
      if (behind.isEmpty() || System.nanoTime() - end > 0 || !pause()) {
        return behind;
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What decides a tenant's calls now. */
  PolicyEngine inForce(String tenant) {
    return policies.forTenant(tenant);
  }

  /** Stops following the store; the policies in force stay. */
  @Override
  public void close() {
    watch.close();
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "the policies' thread does not end");
      }
      store.leave(gateId);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the store could not be told that this gate leaves", e);
    }
  }
}
