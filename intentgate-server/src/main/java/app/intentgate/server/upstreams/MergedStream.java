package app.intentgate.server.upstreams;

import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The servers' own streams as one: it begins with the first and ends with the first that ends, so
 * that the client comes again and all are joined anew. A server that refuses, or does not answer,
 * is left out. What each sends is handed on whole, and its next is taken when that went out.
 * Thread-safe.
 */
final class MergedStream implements Exchange {
  private final UpstreamReceiver to;
  private final @Nullable String session;
  private final LateNews news;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Queue<Batch> waiting = new ArrayDeque<>();
  private int open;
  private boolean begun;
  private boolean busy;
  private boolean over;
  private @Nullable Runnable refusal;

  private record Batch(List<StreamEvent> events, Runnable more) {}

  /**
   * A stream of several.
   *
   * @param session the id that all of them belong to, or null
   * @param news what of lists came late, to be told here
   */
  MergedStream(UpstreamReceiver to, @Nullable String session, LateNews news) {
    this.to = to;
    this.session = session;
    this.news = news;
  }

  /** Says how many servers are asked, before they are. */
  synchronized void expect(int servers) {
    open = servers;
  }

  /** Takes note of an exchange, to give it up with the others. */
  void add(Exchange exchange) {
    boolean late;
    synchronized (this) {
      late = over;
      exchanges.add(exchange);
    }
    if (late) {
      exchange.cancel();
    }
  }

  /** Where one server's stream goes. */
  UpstreamReceiver source(ToolServer server) {
    return new Source(new FromServer(server, Marks.OWN_STREAM));
  }

  private final class Source implements UpstreamReceiver {
    private final FromServer from;
    private boolean streams;

    Source(FromServer from) {
      this.from = from;
    }

    @Override
    public void onStream(UpstreamHead head) {
      streams = true;
      begin(head);
    }

    @Override
    public void onEvents(List<StreamEvent> events, Runnable more) {
      hand(new Batch(events.stream().map(from::event).toList(), more));
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {
      refused(() -> to.onAnswer(head.withSession(session), body));
    }

    @Override
    public void onStreamEnd() {
      end(to::onStreamEnd);
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      if (streams) {
        end(to::onStreamEnd);
      } else {
        refused(() -> to.onFailure(failure));
      }
    }
  }

  private void begin(UpstreamHead head) {
    synchronized (this) {
      if (begun || over) {
        return;
      }
      begun = true;
      // Within the lock, so that no event overtakes it; it only begins an answer.
      to.onStream(head.withSession(session));
    }
    if (session != null) {
      news.opened(session, this);
    }
  }

  /** Hands on what no server sent. */
  void tell(List<StreamEvent> events) {
    hand(new Batch(events, () -> {}));
  }

  private void hand(Batch batch) {
    synchronized (this) {
      if (over) {
        return;
      }
      if (busy) {
        waiting.add(batch);
        return;
      }
      busy = true;
    }
    deliver(batch);
  }

  private void deliver(Batch batch) {
    to.onEvents(
        batch.events(),
        () -> {
          Batch next;
          synchronized (this) {
            next = over ? null : waiting.poll();
            busy = next != null;
          }
          batch.more().run();
          if (next != null) {
            deliver(next);
          }
        });
  }

  /** One server gives no stream; the first refusal is the client's when none gives one. */
  private void refused(Runnable answer) {
    Runnable last = null;
    synchronized (this) {
      open--;
      refusal = refusal == null ? answer : refusal;
      if (open == 0 && !begun && !over) {
        over = true;
        last = refusal;
      }
    }
    if (last != null) {
      last.run();
    }
  }

  private void end(Runnable told) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    told.run();
    cancelAll();
  }

  @Override
  public void cancel() {
    boolean first;
    synchronized (this) {
      first = !over;
      over = true;
    }
    cancelAll();
    if (first) {
      to.onFailure(new UpstreamResult.Broken(0));
    }
  }

  private void cancelAll() {
    if (session != null) {
      news.closed(session, this);
    }
    List<Exchange> all;
    synchronized (this) {
      all = List.copyOf(exchanges);
    }
    all.forEach(Exchange::cancel);
  }
}
