package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonString;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as a server's failure, and what was the gate's own doing. */
class WatchedClientTest {
  private static final UpstreamRequest CALL =
      new UpstreamRequest(new byte[0], JsonString.of("1"), null, List.of());

  private final ServerHealth health = new ServerHealth(Clock.systemUTC(), ServerHealth.PATIENCE);
  private final Silent server = new Silent();
  private final UpstreamClient client = new WatchedClient(server, health);

  /** A server that says nothing; an exchange given up is told of as a client of HTTP does. */
  private static final class Silent implements UpstreamClient {
    private final List<Listener> asked = new ArrayList<>();

    @Override
    public Exchange send(UpstreamRequest request, Listener listener) {
      asked.add(listener);
      return () -> listener.onResult(new UpstreamResult.Broken(0), UpstreamHead.NONE);
    }

    @Override
    public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
      return () -> receiver.onFailure(new UpstreamResult.Broken(0));
    }

    @Override
    public void close() {}
  }

  private static final UpstreamReceiver DEAF =
      new UpstreamReceiver() {
        @Override
        public void onStream(UpstreamHead head) {}

        @Override
        public void onEvents(List<StreamEvent> events, Runnable more) {
          more.run();
        }

        @Override
        public void onAnswer(UpstreamHead head, byte[] body) {}

        @Override
        public void onStreamEnd() {}

        @Override
        public void onFailure(UpstreamResult failure) {}
      };

  private void answered(UpstreamResult result) {
    client.send(CALL, (ignored, head) -> {});
    server.asked.get(server.asked.size() - 1).onResult(result, UpstreamHead.NONE);
  }

  @Test
  void agents_that_leave_take_no_server_from_the_others() {
    for (int i = 0; i < 2 * ServerHealth.PATIENCE; i++) {
      client.send(CALL, (result, head) -> {}).cancel();
      client.open(CALL, DEAF).cancel();
    }
    assertThat(health.permits()).isTrue();
  }

  @Test
  void an_answer_that_is_too_large_shows_that_the_server_is_there() {
    for (int i = 0; i < ServerHealth.PATIENCE - 1; i++) {
      answered(new UpstreamResult.Broken(0));
    }
    answered(new UpstreamResult.TooLarge(200));
    answered(new UpstreamResult.Broken(0));

    assertThat(health.permits()).isTrue();
  }

  @Test
  void a_server_that_breaks_off_or_keeps_silent_is_left_alone() {
    for (int i = 0; i < ServerHealth.PATIENCE; i++) {
      answered(i % 2 == 0 ? new UpstreamResult.Broken(0) : new UpstreamResult.TimedOut(0));
    }
    assertThat(health.permits()).isFalse();
  }
}
