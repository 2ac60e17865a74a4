package app.intentgate.server.rpc;

import app.intentgate.json.JsonValue;
import app.intentgate.server.http.EventStreamWriter;
import app.intentgate.server.upstream.AnswerReader;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands the answer of an exchange on to a client that reads event streams: a stream event by event,
 * the next when the last went out, anything else as one answer. When the client leaves, a request
 * of the stateless era and a server's own stream are given up at once, any other goes on unheard
 * until its answer (mcp L8, M9).
 */
final class Relay implements UpstreamReceiver {
  private final Inbound in;
  private final Conversation who;
  private final @Nullable Awaited own;
  private final Sessions sessions;
  private final OpenStreams streams;
  private final MessageFilter filter;
  private UpstreamClient.@Nullable Exchange exchange;
  private @Nullable EventStreamWriter writer;
  private @Nullable Runnable waiting;
  private volatile boolean resumable;
  private volatile boolean refused;
  private boolean left;
  private boolean over;
  private boolean cancelled;

  /**
   * A relay.
   *
   * @param own the request that is answered, or null for the server's own stream
   * @param session where other requests wait whose answers may come here, or null
   */
  Relay(
      Inbound in,
      Conversation who,
      @Nullable Awaited own,
      @Nullable SessionState session,
      Sessions sessions,
      OpenStreams streams,
      RequestEvents events) {
    this.in = in;
    this.who = who;
    this.own = own;
    this.sessions = sessions;
    this.streams = streams;
    OpenCalls calls = sessions.openCalls();
    boolean resumed = own == null && in.header("Last-Event-ID") != null;
    this.filter =
        new MessageFilter(
            own,
            session,
            in.isModern(),
            calls,
            resumed ? new Resumption(calls, streams)::take : calls::take,
            events.drops(in));
  }

  /** Sends the request. */
  void start(UpstreamClient client, UpstreamRequest request) {
    if (own == null) {
      streams.add(this);
    }
    UpstreamClient.Exchange started = client.open(request, this);
    boolean cancel;
    synchronized (this) {
      exchange = started;
      cancel = cancelled;
    }
    if (cancel) {
      started.cancel();
    }
    if (in.isModern()) {
      in.onClientLeft(this::clientLeft);
    }
  }

  Inbound inbound() {
    return in;
  }

  /** Whether this is the server's own stream, which ends only when somebody ends it. */
  boolean isListening() {
    return own == null;
  }

  private void cancel() {
    UpstreamClient.Exchange started;
    synchronized (this) {
      cancelled = true;
      started = exchange;
    }
    if (started != null) {
      started.cancel();
    }
  }

  private void clientLeft() {
    Runnable more;
    synchronized (this) {
      if (left || over) {
        return;
      }
      left = true;
      more = waiting;
      waiting = null;
    }
    // Also where no stream began: a request that is never completed keeps its socket.
    in.abandon();
    if (in.isModern() || own == null) {
      if (own != null) {
        own.abandoned();
      }
      cancel();
    } else {
      streams.left(this);
      if (resumable) {
        // The client may ask for the answer on another stream, at another gate, before this ends.
        var unused = handOver();
      }
    }
    if (more != null) {
      more.run();
    }
  }

  /** Whether the answer to that request of a session may come here, and elsewhere too. */
  boolean mayHandOver(SessionState session, JsonValue id) {
    return own != null
        && resumable
        && !in.isModern()
        && own.rpcId().equals(id)
        && anyStream().equals(session);
  }

  /** Has the answer taken on whichever stream it comes; complete once that is so. */
  CompletionStage<Void> handOver() {
    return filter.handOver(anyStream());
  }

  /** Where the answer may come when it does not come here. */
  private SessionState anyStream() {
    SessionState session = who.session();
    return session != null ? session : sessions.withoutSession(who.owner().get());
  }

  /** Ends the stream, since its caller may have it no longer or its time is up. */
  void close() {
    EventStreamWriter out;
    boolean unheard;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      unheard = left;
      out = left ? null : writer;
    }
    if (own != null && !filter.answered() && !filter.handedOver()) {
      // The client is not told: it lost its right to be.
      var unused = own.answered(new UpstreamResult.Broken(200));
    }
    if (out != null) {
      in.end();
    } else if (own == null && !unheard) {
      in.empty(503, List.of("Retry-After", "1"));
    }
    streams.remove(this);
    cancel();
  }

  @Override
  public void onStream(UpstreamHead head) {
    if (!head.hasUsableSession()) {
      refused = true;
      failed(new UpstreamResult.Unusable(head.status(), 0, "the session id is none"));
      cancel();
      return;
    }
    boolean gone;
    synchronized (this) {
      gone = left || over;
      if (!gone) {
        writer = in.stream(who.headers(head, sessions));
      }
    }
    streams.add(this);
    if (!gone && !in.isModern()) {
      in.onClientLeft(this::clientLeft);
    }
  }

  @Override
  public void onEvents(List<StreamEvent> events, Runnable more) {
    if (refused) {
      // What came before the server heard of it: the client was answered already.
      more.run();
      return;
    }
    pass(events, 0, new ByteArrayOutputStream(512), more);
  }

  /** Goes on with the events from one on; later, where an answer's request has to be looked for. */
  private void pass(List<StreamEvent> events, int from, ByteArrayOutputStream out, Runnable more) {
    for (int i = from; i < events.size(); i++) {
      StreamEvent event = events.get(i);
      resumable = resumable || event.hasId();
      CompletableFuture<byte[]> seen = filter.apply(event).toCompletableFuture();
      if (!seen.isDone()) {
        int next = i + 1;
        var unused =
            seen.thenAccept(
                bytes -> {
                  out.writeBytes(bytes);
                  pass(events, next, out, more);
                });
        return;
      }
      out.writeBytes(seen.join());
    }
    deliver(out, more);
  }

  private void deliver(ByteArrayOutputStream out, Runnable more) {
    EventStreamWriter to;
    synchronized (this) {
      to = left || over || out.size() == 0 ? null : writer;
      waiting = to == null ? null : more;
    }
    if (to == null) {
      more.run();
    } else {
      to.send(out.toByteArray(), this::sent);
    }
    if (filter.violated()) {
      cancel();
    }
  }

  private void sent() {
    Runnable more;
    synchronized (this) {
      more = waiting;
      waiting = null;
    }
    if (more != null) {
      more.run();
    }
  }

  @Override
  public void onAnswer(UpstreamHead head, byte[] body) {
    AgentRoutes.guarded(in, () -> answer(head, body));
  }

  private void answer(UpstreamHead head, byte[] body) {
    AnswerReader.Answer answer = AnswerReader.answer(head.status(), body);
    UpstreamResult result =
        head.hasUsableSession()
            ? answer.result()
            : new UpstreamResult.Unusable(head.status(), body.length, "the session id is none");
    boolean unheard = finish();
    List<String> headers = head.hasUsableSession() ? who.headers(head, sessions) : List.of();
    if (own == null) {
      if (!unheard) {
        GetAnswers.reply(in, head.status(), headers, result);
      }
      return;
    }
    byte[] changed = own.answered(result);
    if (unheard) {
      return;
    }
    int status = Relayed.status(in, result);
    if (changed == null) {
      in.reply(status, headers, answer.isFor(own.rpcId()) ? body : own.plain(result));
    } else {
      in.reply(status, headers, changed);
    }
  }

  @Override
  public void onStreamEnd() {
    ended(new UpstreamResult.Unusable(200, 0, "the event stream ended without the answer"));
  }

  @Override
  public void onFailure(UpstreamResult failure) {
    AgentRoutes.guarded(
        in,
        () -> {
          EventStreamWriter out;
          synchronized (this) {
            out = writer;
          }
          if (out != null) {
            ended(failure);
            return;
          }
          failed(failure);
        });
  }

  /** Answers where no stream began. */
  private void failed(UpstreamResult failure) {
    boolean unheard = finish();
    byte[] message = own == null ? Relayed.failure(RequestId.NONE, failure) : own.answered(failure);
    if (!unheard && message != null) {
      in.reply(own == null ? 502 : Relayed.status(in, failure), message);
    }
  }

  /** Ends the client's stream as the server's ended. */
  private void ended(UpstreamResult failure) {
    EventStreamWriter out;
    synchronized (this) {
      out = writer;
    }
    boolean unheard = finish();
    Awaited request = own;
    if (request == null || filter.answered()) {
      end(out, unheard, null);
    } else if (resumable && !in.isModern()) {
      // Kept before the client hears of the end: it may come back at once, and to another gate.
      handOver()
          .whenComplete(
              (kept, problem) -> {
                if (problem == null || filter.answered()) {
                  end(out, unheard, null);
                } else {
                  end(out, unheard, request.answered(failure));
                }
              });
    } else {
      end(out, unheard, request.answered(failure));
    }
  }

  private void end(@Nullable EventStreamWriter out, boolean unheard, byte @Nullable [] last) {
    if (out == null || unheard) {
      return;
    }
    if (last == null) {
      in.end();
    } else {
      in.reply(200, last);
    }
  }

  /** Takes note of the end; true when nobody is there to be told. */
  private boolean finish() {
    streams.remove(this);
    synchronized (this) {
      boolean unheard = left || over;
      over = true;
      return unheard;
    }
  }
}
