package app.intentgate.server.rpc;

import app.intentgate.ToolCall;
import app.intentgate.approval.Approval;
import app.intentgate.check.Patience;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.http.EventStreamWriter;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the caller of a call that waits for a person, in the way it can: on an event stream that
 * shows now and then that it lives, or on a plain answer that does not come for a while (B16). One
 * timer for all of them; no caller holds a thread.
 */
final class Holding {
  private static final Duration UNLIMITED = Duration.ofDays(366);

  private final HoldTimes times;
  private final Consents consents;
  private final ScheduledThreadPoolExecutor timer;

  Holding(HoldTimes times, Consents consents) {
    this.times = times;
    this.consents = consents;
    this.timer = new ScheduledThreadPoolExecutor(1, Holding::daemon);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "intentgate-held-streams");
    thread.setDaemon(true);
    return thread;
  }

  /** How long the maker of a call waits. */
  Patience patience(Inbound in, ToolCall call) {
    if (!call.expectsAnswer()) {
      return Patience.none();
    }
    return Patience.of(
        (patience, callId, row) -> {
          in.waitsFor(row);
          if (times.json().isZero() || consents.asksInAnswer(in, row)) {
            return Duration.ZERO;
          }
          in.callId(callId).waitForUpstream();
          Duration longest = times.json();
          if (in.mayBeHeldOnStream()) {
            longest = in.progressToken() == null ? times.stream() : UNLIMITED;
            new Beat(in, in.stream(), in.progressToken(), row.id()).begin();
            ask(in, row);
          }
          in.onClientLeft(patience::leave);
          return longest;
        });
  }

  /** Asks the person behind the agent, where that is wanted and the client can. */
  private void ask(Inbound in, Approval row) {
    byte[] question = consents.question(in, row);
    if (question != null && in.isUndecided()) {
      in.stream().event(question, Holding::nothing);
    }
  }

  private static void nothing() {
    // The answer is another request.
  }

  /** Shows on a stream that it lives, until the answer. */
  private final class Beat implements Runnable {
    private final Inbound in;
    private final EventStreamWriter stream;
    private final @Nullable JsonValue token;
    private final String pendingId;
    private int count;

    Beat(Inbound in, EventStreamWriter stream, @Nullable JsonValue token, String pendingId) {
      this.in = in;
      this.stream = stream;
      this.token = token;
      this.pendingId = pendingId;
    }

    /** Says at once that the call waits, and under which id, to who asked for progress. */
    void begin() {
      tell();
      next();
    }

    private void tell() {
      if (token != null && in.isUndecided()) {
        stream.event(progress(token, ++count, pendingId), Holding::nothing);
      }
    }

    void next() {
      var unused = timer.schedule(this, times.beat().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
      if (in.isAnswered()) {
        return;
      }
      tell();
      stream.comment("waiting");
      next();
    }
  }

  private static byte[] progress(JsonValue token, int count, String pendingId) {
    JsonObject params =
        JsonObject.builder(4)
            .put("progressToken", token)
            .put("progress", count)
            .put("message", "waiting for the approval of a person")
            .put("_meta", JsonObject.of("app.intentgate/approval_id", JsonValue.of(pendingId)))
            .build();
    return JsonWriter.goBytes(
        JsonObject.builder(3)
            .put("jsonrpc", "2.0")
            .put("method", "notifications/progress")
            .put("params", params)
            .build());
  }
}
