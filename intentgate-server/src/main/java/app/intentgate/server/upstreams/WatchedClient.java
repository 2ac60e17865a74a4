package app.intentgate.server.upstreams;

import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;

/**
 * A client that takes note of its server's health, and asks nothing of one that is down. What the
 * gate gave up itself, since an agent left, says nothing of the server.
 */
final class WatchedClient implements UpstreamClient {
  private static final Exchange NONE = () -> {};

  private final UpstreamClient client;
  private final ServerHealth health;

  WatchedClient(UpstreamClient client, ServerHealth health) {
    this.client = client;
    this.health = health;
  }

  @Override
  public Exchange send(UpstreamRequest request, Listener listener) {
    if (!health.permits()) {
      listener.onResult(new UpstreamResult.Broken(0), UpstreamHead.NONE);
      return NONE;
    }
    Watch watch = new Watch();
    Exchange exchange =
        client.send(
            request,
            new Listener() {
              @Override
              public void onResult(UpstreamResult result, UpstreamHead head) {
                watch.ended(result);
                listener.onResult(result, head);
              }

              @Override
              public void onServerRequest(JsonValue id) {
                listener.onServerRequest(id);
              }
            });
    return () -> watch.giveUp(exchange);
  }

  @Override
  public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
    if (!health.permits()) {
      receiver.onFailure(new UpstreamResult.Broken(0));
      return NONE;
    }
    Watch watch = new Watch();
    Exchange exchange =
        client.open(
            request,
            new UpstreamReceiver() {
              private boolean streams;

              @Override
              public void onStream(UpstreamHead head) {
                streams = true;
                health.answered();
                receiver.onStream(head);
              }

              @Override
              public void onEvents(List<StreamEvent> events, Runnable more) {
                receiver.onEvents(events, more);
              }

              @Override
              public void onAnswer(UpstreamHead head, byte[] body) {
                health.ended(new UpstreamResult.HttpError(head.status(), false));
                receiver.onAnswer(head, body);
              }

              @Override
              public void onStreamEnd() {
                receiver.onStreamEnd();
              }

              @Override
              public void onFailure(UpstreamResult failure) {
                // A stream that ends early was given up, by either side: that says nothing.
                if (!streams) {
                  watch.ended(failure);
                }
                receiver.onFailure(failure);
              }
            });
    return () -> watch.giveUp(exchange);
  }

  /** How one exchange ends. */
  private final class Watch {
    private volatile boolean givenUp;

    void giveUp(Exchange exchange) {
      givenUp = true;
      exchange.cancel();
    }

    void ended(UpstreamResult result) {
      if (!givenUp || !(result instanceof UpstreamResult.Broken)) {
        health.ended(result);
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
