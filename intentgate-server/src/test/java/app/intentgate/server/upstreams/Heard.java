package app.intentgate.server.upstreams;

import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a client heard, in order; it takes the next event at once, or when the test says so. */
final class Heard implements UpstreamReceiver {
  final List<String> all = new CopyOnWriteArrayList<>();
  final Queue<Runnable> more = new ArrayDeque<>();
  boolean slow;

  @Override
  public void onStream(UpstreamHead head) {
    all.add("stream " + head.sessionId());
  }

  @Override
  public void onEvents(List<StreamEvent> events, Runnable next) {
    for (StreamEvent event : events) {
      byte[] data = event.data();
      all.add(
          data == null ? "comment" : new String(data, StandardCharsets.UTF_8).replace('"', '\''));
    }
    if (slow) {
      more.add(next);
    } else {
      next.run();
    }
  }

  @Override
  public void onAnswer(UpstreamHead head, byte[] body) {
    all.add(
        "answer "
            + head.status()
            + " "
            + new String(body, StandardCharsets.UTF_8).replace('"', '\''));
  }

  @Override
  public void onStreamEnd() {
    all.add("end");
  }

  @Override
  public void onFailure(UpstreamResult failure) {
    all.add(failure.getClass().getSimpleName());
  }

  static StreamEvent event(String message) {
    byte[] data = ScriptedServer.bytes(message);
    return new StreamEvent(
        ("data: " + new String(data, StandardCharsets.UTF_8) + "\n\n")
            .getBytes(StandardCharsets.UTF_8),
        data,
        false);
  }

  static UpstreamHead head(int status) {
    return new UpstreamHead(status, "theirs", "text/event-stream", List.of());
  }
}
