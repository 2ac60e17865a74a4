package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/admin/audit/stream}: events as they are stored, whichever gate stored them (admin
 * contract 2.9). {@code Last-Event-ID}, or {@code last_event_id} in the query, goes on where a
 * client stopped, on any gate of the same store; an event may come twice, none is left out.
 */
final class AuditStreamRoute implements RouteGroup {
  private static final Logger LOG = LoggerFactory.getLogger(AuditStreamRoute.class);
  private static final long POLL_MILLIS = 200;
  private static final long PING_SECONDS = 15;

  private final IntentGate gate;
  private final Map<String, AuditTail> tails = new HashMap<>();
  private final Set<EventFollower> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, AuditStreamRoute::daemon);
  private volatile boolean closed;

  AuditStreamRoute(IntentGate gate) {
    this.gate = gate;
    timer.setRemoveOnCancelPolicy(true);
    var unused =
        timer.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-audit-streams");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/audit/stream", this::follow);
  }

  @Override
  public void endStreams() {
    closed = true;
    timer.shutdownNow();
    open.forEach(EventFollower::end);
  }

  private void follow(AdminCall call) {
    String tenant = call.tenantOfQuery();
    String from = lastId(call);
    if (from != null) {
      check(new AuditTail(gate.audit(), tenant), from);
    }
    if (call.isHead()) {
      EventFollower.answerHead(call.context());
      return;
    }
    EventFollower follower = new EventFollower();
    open.add(follower);
    var ping =
        timer.scheduleAtFixedRate(
            () -> ping(follower, call.isStillSignedIn()),
            PING_SECONDS,
            PING_SECONDS,
            TimeUnit.SECONDS);
    follower.onOver(
        () -> {
          open.remove(follower);
          ping.cancel(false);
        });
    try {
      follower.comment("connected");
      add(tenant, follower, from);
    } catch (RuntimeException e) {
      follower.end();
      throw e;
    }
    if (closed) {
      follower.end();
    }
    follower.answer(call.context());
  }

  private static @Nullable String lastId(AdminCall call) {
    String header = call.context().header("Last-Event-ID");
    String id = header == null || header.isBlank() ? call.query("last_event_id") : header;
    return id.isBlank() ? null : id.strip();
  }

  private static void check(AuditTail tail, String from) {
    try {
      tail.check(from);
    } catch (AuditException e) {
      if (e.code() == AuditException.Code.BAD_CURSOR) {
        throw AdminException.badRequest(
            "Last-Event-ID is none of this stream's: leave it out to follow from now on");
      }
      throw e;
    }
  }

  private static void ping(EventFollower follower, boolean signedIn) {
    if (signedIn) {
      follower.comment("ping");
    } else {
      follower.end();
    }
  }

  /** Adds a follower to the tail of its scope; a tail lasts as long as somebody follows it. */
  private void add(String scope, EventFollower follower, @Nullable String from) {
    synchronized (tails) {
      AuditTail tail = tails.computeIfAbsent(scope, key -> new AuditTail(gate.audit(), key));
      if (from == null) {
        tail.add(follower);
      } else {
        tail.add(follower, from);
      }
    }
  }

  private void poll() {
    List<AuditTail> live;
    synchronized (tails) {
      tails.values().removeIf(AuditTail::isIdle);
      live = List.copyOf(tails.values());
    }
    for (AuditTail tail : live) {
      try {
        tail.poll();
      } catch (RuntimeException e) {
        LOG.warn("an audit stream cannot be read now: {}", e.toString());
      }
    }
  }
}
