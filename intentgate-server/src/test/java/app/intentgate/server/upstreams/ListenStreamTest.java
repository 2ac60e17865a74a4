package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing comes before the acknowledgement of a subscription at several servers (mcp M10). */
@Timeout(60)
class ListenStreamTest {
  private static final UpstreamHead STREAM =
      new UpstreamHead(200, null, "text/event-stream", List.of());
  private static final StreamEvent ACKNOWLEDGED =
      event(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
              + "\"params\":{\"notifications\":{\"toolsListChanged\":true}}}");
  private static final StreamEvent NEWS =
      event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
  private static final byte[] LISTEN =
      ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\","
              + "\"params\":{\"notifications\":{\"toolsListChanged\":true}}}")
          .getBytes(StandardCharsets.UTF_8);

  private static StreamEvent event(String message) {
    byte[] data = message.getBytes(StandardCharsets.UTF_8);
    return new StreamEvent(
        ("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8), data, false);
  }

  /** The two servers' ends of one subscription, and what its client heard. */
  private static final class Subscription implements UpstreamReceiver {
    private final Map<String, UpstreamReceiver> servers = new HashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Subscription() {
      Upstreams.several(
              List.of(entry("sap"), entry("crm")),
              this::server,
              new Upstreams.Gathering(Runnable::run, 60_000, (server, cursor, page) -> {}),
              "1")
          .client()
          .open(new UpstreamRequest(LISTEN, JsonNumber.of(1), null, List.of()), this);
    }

    private static UpstreamEntry entry(String name) {
      URI url = URI.create("http://" + name + ".example/mcp");
      return new UpstreamEntry(name, url, name + "_", Map.of(), Set.of(), null, null);
    }

    private UpstreamClient server(UpstreamEntry entry) {
      return new UpstreamClient() {
        @Override
        public Exchange send(UpstreamRequest request, Listener listener) {
          throw new AssertionError("nothing else is asked for");
        }

        @Override
        public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
          servers.put(entry.name(), receiver);
          return () -> {};
        }

        @Override
        public void close() {}
      };
    }

    UpstreamReceiver at(String server) {
      return servers.get(server);
    }

    @Override
    public void onStream(UpstreamHead head) {}

    @Override
    public void onEvents(List<StreamEvent> events, Runnable more) {
      for (StreamEvent event : events) {
        String text = new String(event.data(), StandardCharsets.UTF_8);
        heard.add(text.contains("acknowledged") ? "acknowledged" : "news");
      }
      more.run();
    }

    @Override
    public void onAnswer(UpstreamHead head, byte[] body) {
      heard.add("answer");
    }

    @Override
    public void onStreamEnd() {
      heard.add("end");
    }

    @Override
    public void onFailure(UpstreamResult failure) {
      heard.add("failure");
    }
  }

  @Test
  void m10NewsOfAServerDoesNotOvertakeTheAcknowledgementThatAnotherCompletes() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      Subscription subscription = new Subscription();
      subscription.at("sap").onStream(STREAM);
      subscription.at("crm").onStream(STREAM);
      subscription.at("sap").onEvents(List.of(ACKNOWLEDGED), () -> {});
      CyclicBarrier together = new CyclicBarrier(2);
      Thread crm =
          new Thread(
              () -> {
                await(together);
                subscription.at("crm").onEvents(List.of(ACKNOWLEDGED), () -> {});
              });
      crm.start();
      await(together);
      for (int n = 0; n < 20; n++) {
        subscription.at("sap").onEvents(List.of(NEWS), () -> {});
      }
      crm.join();

      assertThat(subscription.heard).hasSize(21).startsWith("acknowledged", "news");
    }
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void m10AStreamThatBreaksBeforeAllHaveAcknowledgedIsAcknowledgedAsFarAsTheyHave() {
    Subscription subscription = new Subscription();
    subscription.at("sap").onStream(STREAM);
    subscription.at("sap").onEvents(List.of(ACKNOWLEDGED), () -> {});
    subscription.at("crm").onStream(STREAM);
    subscription.at("crm").onFailure(new UpstreamResult.Broken(200));

    assertThat(subscription.heard).containsExactly("acknowledged", "end");
  }

  @Test
  void m10AServerThatGivesNoStreamIsLeftOut() {
    Subscription subscription = new Subscription();
    subscription.at("sap").onStream(STREAM);
    subscription.at("sap").onEvents(List.of(ACKNOWLEDGED, NEWS), () -> {});
    assertThat(subscription.heard).isEmpty();
    subscription.at("crm").onFailure(new UpstreamResult.Broken(0));

    assertThat(subscription.heard).containsExactly("acknowledged", "news");
  }
}
