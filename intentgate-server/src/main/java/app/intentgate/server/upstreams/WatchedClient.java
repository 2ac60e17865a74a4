package app.intentgate.server.upstreams;

import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;

/** A client that takes note of its server's health, and asks nothing of one that is down. */
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
    return client.send(
        request,
        new Listener() {
          @Override
          public void onResult(UpstreamResult result, UpstreamHead head) {
            health.ended(result);
            listener.onResult(result, head);
          }

          @Override
          public void onServerRequest(JsonValue id) {
            listener.onServerRequest(id);
          }
        });
  }

  @Override
  public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
    if (!health.permits()) {
      receiver.onFailure(new UpstreamResult.Broken(0));
      return NONE;
    }
    return client.open(
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
              health.ended(failure);
            }
            receiver.onFailure(failure);
          }
        });
  }

  @Override
  public void close() {
    client.close();
  }
}
