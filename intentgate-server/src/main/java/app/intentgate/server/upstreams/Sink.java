package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.AnswerReader;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whoever waits for an answer, be it for one of a piece or for one event by event. */
interface Sink {
  /** Nothing to give up. */
  Exchange NONE = () -> {};

  /** Takes an answer of the gate. */
  void answer(int status, byte[] body, @Nullable String session);

  /** Takes what a server said to all of them. */
  void result(UpstreamResult result, byte[] body, @Nullable String session);

  /** Has one server answer. */
  Exchange relay(ToolServer server, UpstreamRequest request, @Nullable String session);

  /** The head of an answer of the gate. */
  static UpstreamHead head(int status, @Nullable String session) {
    return new UpstreamHead(status, session, "application/json", List.of());
  }

  /** One that takes an answer of a piece. */
  static Sink of(UpstreamClient.Listener listener) {
    return new Sink() {
      @Override
      public void answer(int status, byte[] body, @Nullable String session) {
        listener.onResult(AnswerReader.read(status, body), head(status, session));
      }

      @Override
      public void result(UpstreamResult result, byte[] body, @Nullable String session) {
        listener.onResult(result, head(result.status(), session));
      }

      @Override
      public Exchange relay(ToolServer server, UpstreamRequest request, @Nullable String session) {
        FromServer from = new FromServer(server, Marks.ANSWER);
        return server
            .client()
            .send(
                request,
                new UpstreamClient.Listener() {
                  @Override
                  public void onResult(UpstreamResult result, UpstreamHead head) {
                    listener.onResult(
                        result instanceof UpstreamResult.Result answer
                                && answer.value() instanceof JsonObject object
                            ? new UpstreamResult.Result(
                                answer.status(), answer.bytes(), from.result(object))
                            : result,
                        head.withSession(session));
                  }

                  @Override
                  public void onServerRequest(JsonValue id) {
                    listener.onServerRequest(Marks.mark(server, id));
                  }
                });
      }
    };
  }

  /** One that takes an answer as it comes. */
  static Sink of(UpstreamReceiver receiver) {
    return new Sink() {
      @Override
      public void answer(int status, byte[] body, @Nullable String session) {
        receiver.onAnswer(head(status, session), body);
      }

      @Override
      public void result(UpstreamResult result, byte[] body, @Nullable String session) {
        if (result instanceof UpstreamResult.TimedOut
            || result instanceof UpstreamResult.Broken
            || result instanceof UpstreamResult.TooLarge) {
          receiver.onFailure(result);
        } else {
          receiver.onAnswer(head(result.status(), session), body);
        }
      }

      @Override
      public Exchange relay(ToolServer server, UpstreamRequest request, @Nullable String session) {
        FromServer from = new FromServer(server, Marks.ANSWER);
        return server
            .client()
            .open(
                request,
                new UpstreamReceiver() {
                  @Override
                  public void onStream(UpstreamHead head) {
                    receiver.onStream(head.withSession(session));
                  }

                  @Override
                  public void onEvents(List<StreamEvent> events, Runnable more) {
                    receiver.onEvents(events.stream().map(from::event).toList(), more);
                  }

                  @Override
                  public void onAnswer(UpstreamHead head, byte[] body) {
                    byte[] seen =
                        server.renamesUris() || TaskIds.mayBeIn(body) ? from.message(body) : null;
                    receiver.onAnswer(head.withSession(session), seen == null ? body : seen);
                  }

                  @Override
                  public void onStreamEnd() {
                    receiver.onStreamEnd();
                  }

                  @Override
                  public void onFailure(UpstreamResult failure) {
                    receiver.onFailure(failure);
                  }
                });
      }
    };
  }
}
