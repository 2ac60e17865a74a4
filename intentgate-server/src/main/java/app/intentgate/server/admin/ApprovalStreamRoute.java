package app.intentgate.server.admin;

import app.intentgate.ApprovalActions;
import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalListener;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.json.JsonOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/admin/approvals/stream}: the rows that wait, then every change as it happens. An
 * id is the time of a change; who comes back with one hears what happened since, on whatever gate,
 * perhaps twice.
 */
final class ApprovalStreamRoute implements RouteGroup {
  private static final Duration OVERLAP = Duration.ofSeconds(2);
  private static final long BEAT_SECONDS = 15;
  private static final long DRAIN_MILLIS = 20;
  private static final int PAGE = 1_000;
  private static final int MOST = 10_000;

  private final @Nullable ApprovalActions approvals;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<EventFollower> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ApprovalStreamRoute(@Nullable ApprovalActions approvals) {
    this.approvals = approvals;
    this.timer = new ScheduledThreadPoolExecutor(1, ApprovalStreamRoute::daemon);
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-approval-streams");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/approvals/stream", this::follow);
  }

  @Override
  public void endStreams() {
    closed = true;
    open.forEach(EventFollower::end);
  }

  private void follow(AdminCall call) {
    ApprovalActions rows = approvals;
    if (rows == null) {
      throw new AdminException(404, "approvals are off");
    }
    String asked = call.query("tenant").strip();
    String tenant =
        call.principal().isSuperadmin() ? asked : call.principal().scope(asked, "query");
    if (call.isHead()) {
      EventFollower.answerHead(call.context());
      return;
    }
    Follower follower = new Follower(rows, new EventFollower(), tenant.isEmpty() ? null : tenant);
    open.add(follower.stream);
    rows.feed().add(follower);
    var beat =
        timer.scheduleAtFixedRate(
            () -> follower.beat(call.isStillSignedIn()),
            BEAT_SECONDS,
            BEAT_SECONDS,
            TimeUnit.SECONDS);
    follower.stream.onOver(
        () -> {
          open.remove(follower.stream);
          rows.feed().remove(follower);
          beat.cancel(false);
        });
    try {
      follower.catchUp(since(call));
    } catch (RuntimeException e) {
      follower.stream.end();
      throw e;
    }
    if (closed) {
      follower.stream.end();
    }
    follower.stream.answer(call.context());
  }

  private static @Nullable Instant since(AdminCall call) {
    String id = call.context().header("Last-Event-ID");
    try {
      return id == null || id.isBlank()
          ? null
          : Instant.EPOCH.plus(Long.parseLong(id.strip(), 36), ChronoUnit.MICROS);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static String idOf(Approval row) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, row.changedAt()), 36);
  }

  private static String nameOf(Approval row) {
    if (row.voidReason() != null || row.status() == Status.TIMEOUT) {
      return "expired";
    }
    if (row.status() == Status.PENDING) {
      return "pending";
    }
    return row.uses() > 0 ? "used" : "decided";
  }

  /** One operator's view of the changes. */
  private final class Follower implements ApprovalListener {
    private final ApprovalActions rows;
    private final EventFollower stream;
    private final @Nullable String tenant;
    private @Nullable List<Approval> held = new ArrayList<>();
    private Instant newest = Instant.EPOCH;

    Follower(ApprovalActions rows, EventFollower stream, @Nullable String tenant) {
      this.rows = rows;
      this.stream = stream;
      this.tenant = tenant;
    }

    void beat(boolean signedIn) {
      if (signedIn) {
        stream.comment("waiting");
      } else {
        stream.end();
      }
    }

    /**
     * Sends what changed since a time, in the order it did, so that the last id that came stands
     * for all before it; then what waits, and a comment that this was all; changes that happen
     * meanwhile follow.
     */
    void catchUp(@Nullable Instant since) {
      synchronized (this) {
        if (held == null) {
          held = new ArrayList<>();
        }
      }
      List<Approval> rows = since == null ? new ArrayList<>() : changedSince(since.minus(OVERLAP));
      rows.addAll(all(ApprovalQuery.newest(PAGE).withStatus("pending")));
      sendFrom(rows, 0);
    }

    /** Sends rows as fast as the client takes them, and then what happened meanwhile. */
    private void sendFrom(List<Approval> rows, int first) {
      int next = first;
      while (next < rows.size() && !stream.isBehind() && !stream.isOver()) {
        send(rows.get(next++));
      }
      int left = next;
      if (left < rows.size() && !stream.isOver()) {
        var unused =
            timer.schedule(() -> sendFrom(rows, left), DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        return;
      }
      synchronized (this) {
        List<Approval> meanwhile = held;
        held = null;
        if (meanwhile != null) {
          meanwhile.forEach(this::send);
        }
        stream.comment("caught up");
      }
    }

    private List<Approval> changedSince(Instant since) {
      List<Approval> out = new ArrayList<>(all(ApprovalQuery.newest(PAGE)));
      out.removeIf(row -> row.status() == Status.PENDING || row.changedAt().isBefore(since));
      out.sort(Comparator.comparing(Approval::changedAt));
      return out;
    }

    /** The rows of a query, oldest first. */
    private List<Approval> all(ApprovalQuery query) {
      List<Approval> out = new ArrayList<>();
      List<Approval> page;
      do {
        page = AdminCall.await(rows.list(query.ofTenant(tenant).from(out.size())));
        out.addAll(page);
      } while (page.size() == PAGE && out.size() < MOST);
      Collections.reverse(out);
      return out;
    }

    @Override
    public void changed(Approval row) {
      if (tenant != null && !tenant.equals(row.binding().tenant())) {
        return;
      }
      synchronized (this) {
        List<Approval> waiting = held;
        if (waiting == null) {
          send(row);
        } else {
          waiting.add(row);
        }
      }
    }

    @Override
    public void missed() {
      Instant since;
      synchronized (this) {
        since = newest;
      }
      timer.execute(() -> again(since));
    }

    private void again(Instant since) {
      try {
        catchUp(since);
      } catch (RuntimeException e) {
        // What was missed cannot be read: the client comes back and asks again.
        stream.end();
      }
    }

    private synchronized void send(Approval row) {
      if (row.changedAt().isAfter(newest)) {
        newest = row.changedAt();
      }
      JsonOutput out = JsonOutput.htmlSafe();
      ApprovalRows.write(out, row);
      stream.event(idOf(row), nameOf(row), out.toByteArray());
    }
  }
}
