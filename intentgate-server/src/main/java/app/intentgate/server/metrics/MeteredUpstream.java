package app.intentgate.server.metrics;

import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;

/** A client of a tool server whose exchanges are counted when they end. */
public final class MeteredUpstream implements UpstreamClient {
  private static final int FIRST_ERROR = 400;

  private final UpstreamClient client;
  private final GateMetrics metrics;

  /** Counts the exchanges of a client. */
  public MeteredUpstream(UpstreamClient client, GateMetrics metrics) {
    this.client = client;
    this.metrics = metrics;
  }

  @Override
  public Exchange send(UpstreamRequest request, Listener listener) {
    long start = System.nanoTime();
    return client.send(
        request,
        new Listener() {
          @Override
          public void onResult(UpstreamResult result, UpstreamHead head) {
            ended(result.outcome(), start);
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
    long start = System.nanoTime();
    return client.open(
        request,
        new UpstreamReceiver() {
          @Override
          public void onStream(UpstreamHead head) {
            receiver.onStream(head);
          }

          @Override
          public void onEvents(List<StreamEvent> events, Runnable more) {
            receiver.onEvents(events, more);
          }

          @Override
          public void onAnswer(UpstreamHead head, byte[] body) {
            ended(head.status() >= FIRST_ERROR ? "upstream_http" : "success", start);
            receiver.onAnswer(head, body);
          }

          @Override
          public void onStreamEnd() {
            ended("success", start);
            receiver.onStreamEnd();
          }

          @Override
          public void onFailure(UpstreamResult failure) {
            ended(failure.outcome(), start);
            receiver.onFailure(failure);
          }
        });
  }

  private void ended(String outcome, long start) {
    metrics.forwarded(outcome, System.nanoTime() - start);
  }

  @Override
  public void close() {
    client.close();
  }
}
